/**
 * The typed configuration. Each key is declared once. Values come from {@code CREDITFLOW_*}
 * variables or a properties file, and all are validated before anything starts.
 */
package io.creditflow.api.configuration;
