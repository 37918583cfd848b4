/**
 * The typed configuration: every key declared once, read from {@code CREDITFLOW_*} variables or a
 * properties file, checked as a whole before anything starts.
 */
package io.creditflow.api.configuration;
