package io.creditflow.api.configuration;

/** The format of log lines. */
public enum LogFormat {
  TEXT,
  JSON
}
