package io.creditflow.api.configuration;

/** What a log line looks like. */
public enum LogFormat {
  TEXT,
  JSON
}
