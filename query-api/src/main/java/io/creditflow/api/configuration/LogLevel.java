package io.creditflow.api.configuration;

/** The lowest level that is logged. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR
}
