package io.creditflow.api.configuration;

/** Least level that is logged. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR
}
