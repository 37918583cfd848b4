package io.creditflow.api.configuration;

import static io.creditflow.api.configuration.Settings.ACCEPTED_AGE;
import static io.creditflow.api.configuration.Settings.ACCEPTED_FUTURE;
import static io.creditflow.api.configuration.Settings.ADMIN_HINT;
import static io.creditflow.api.configuration.Settings.ADVERTISED_ADDRESS;
import static io.creditflow.api.configuration.Settings.ALERT_EXPIRY_DAYS;
import static io.creditflow.api.configuration.Settings.ALERT_LOW_BALANCE;
import static io.creditflow.api.configuration.Settings.ALERT_QUOTA;
import static io.creditflow.api.configuration.Settings.ALERT_RAISE;
import static io.creditflow.api.configuration.Settings.APPLICATION_ID;
import static io.creditflow.api.configuration.Settings.AUTH_AUDIENCE;
import static io.creditflow.api.configuration.Settings.AUTH_CLOCK_SKEW;
import static io.creditflow.api.configuration.Settings.AUTH_ISSUER;
import static io.creditflow.api.configuration.Settings.AUTH_JWKS;
import static io.creditflow.api.configuration.Settings.AUTH_JWKS_REFRESH;
import static io.creditflow.api.configuration.Settings.BACKFILL;
import static io.creditflow.api.configuration.Settings.COMMIT_INTERVAL;
import static io.creditflow.api.configuration.Settings.CONCURRENT_EXPORTS;
import static io.creditflow.api.configuration.Settings.CONCURRENT_REQUESTS;
import static io.creditflow.api.configuration.Settings.CONNECTIONS;
import static io.creditflow.api.configuration.Settings.CORS_ORIGINS;
import static io.creditflow.api.configuration.Settings.FLUSH_POSTINGS;
import static io.creditflow.api.configuration.Settings.HEADER_BYTES;
import static io.creditflow.api.configuration.Settings.HTTP_HOST;
import static io.creditflow.api.configuration.Settings.HTTP_PORT;
import static io.creditflow.api.configuration.Settings.INSTANCE_ID;
import static io.creditflow.api.configuration.Settings.KAFKA_BOOTSTRAP_SERVERS;
import static io.creditflow.api.configuration.Settings.LINK_INTEGRATIONS;
import static io.creditflow.api.configuration.Settings.LINK_SOURCING;
import static io.creditflow.api.configuration.Settings.LINK_TEAM;
import static io.creditflow.api.configuration.Settings.LOGIN_URL;
import static io.creditflow.api.configuration.Settings.LOG_FORMAT;
import static io.creditflow.api.configuration.Settings.LOG_LEVEL;
import static io.creditflow.api.configuration.Settings.MANAGEMENT_HOST;
import static io.creditflow.api.configuration.Settings.MANAGEMENT_PORT;
import static io.creditflow.api.configuration.Settings.PARTITIONS;
import static io.creditflow.api.configuration.Settings.PEER_SECRET;
import static io.creditflow.api.configuration.Settings.PEER_TIMEOUT;
import static io.creditflow.api.configuration.Settings.PRICE_LEAD;
import static io.creditflow.api.configuration.Settings.PRICE_PHONE;
import static io.creditflow.api.configuration.Settings.RECORD_BYTES;
import static io.creditflow.api.configuration.Settings.REGISTRY_URL;
import static io.creditflow.api.configuration.Settings.REPLICATION_FACTOR;
import static io.creditflow.api.configuration.Settings.REQUEST_TIMEOUT;
import static io.creditflow.api.configuration.Settings.RESPONSE_CACHE;
import static io.creditflow.api.configuration.Settings.ROCKSDB_MEMORY;
import static io.creditflow.api.configuration.Settings.STALENESS_BOUND;
import static io.creditflow.api.configuration.Settings.STANDBYS;
import static io.creditflow.api.configuration.Settings.STATE_DIRECTORY;
import static io.creditflow.api.configuration.Settings.SUPPORT_CONTACT;
import static io.creditflow.api.configuration.Settings.THREADS;
import static io.creditflow.api.configuration.Settings.URL_LENGTH;

import java.util.List;
import java.util.stream.Stream;

/** A section of docs/configuration.md. */
record SettingGroup(String title, List<Setting<?>> settings) {
  static final List<SettingGroup> ALL =
      List.of(
          new SettingGroup(
              "Kafka and the schema registry", List.of(KAFKA_BOOTSTRAP_SERVERS, REGISTRY_URL)),
          new SettingGroup(
              "The pipeline",
              List.of(
                  APPLICATION_ID,
                  INSTANCE_ID,
                  STATE_DIRECTORY,
                  PARTITIONS,
                  REPLICATION_FACTOR,
                  ACCEPTED_AGE,
                  ACCEPTED_FUTURE,
                  BACKFILL,
                  COMMIT_INTERVAL,
                  THREADS,
                  STANDBYS,
                  ROCKSDB_MEMORY,
                  FLUSH_POSTINGS)),
          new SettingGroup(
              "Prices and alerts",
              List.of(
                  PRICE_LEAD,
                  PRICE_PHONE,
                  ALERT_RAISE,
                  ALERT_QUOTA,
                  ALERT_LOW_BALANCE,
                  ALERT_EXPIRY_DAYS)),
          new SettingGroup(
              "HTTP and the other instances",
              List.of(
                  HTTP_HOST,
                  HTTP_PORT,
                  MANAGEMENT_HOST,
                  MANAGEMENT_PORT,
                  ADVERTISED_ADDRESS,
                  PEER_SECRET,
                  PEER_TIMEOUT,
                  STALENESS_BOUND,
                  CORS_ORIGINS)),
          new SettingGroup(
              "Who may read",
              List.of(AUTH_JWKS, AUTH_JWKS_REFRESH, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_CLOCK_SKEW)),
          new SettingGroup(
              "Limits",
              List.of(
                  REQUEST_TIMEOUT,
                  CONCURRENT_REQUESTS,
                  CONCURRENT_EXPORTS,
                  CONNECTIONS,
                  URL_LENGTH,
                  HEADER_BYTES,
                  RESPONSE_CACHE,
                  RECORD_BYTES)),
          new SettingGroup(
              "The dashboard",
              List.of(
                  SUPPORT_CONTACT,
                  ADMIN_HINT,
                  LOGIN_URL,
                  LINK_TEAM,
                  LINK_INTEGRATIONS,
                  LINK_SOURCING)),
          new SettingGroup("Logs", List.of(LOG_FORMAT, LOG_LEVEL)));

  /** All settings, in the order of docs/configuration.md. */
  static Stream<Setting<?>> settingsOfAll() {
    return ALL.stream().flatMap(group -> group.settings().stream());
  }
}
