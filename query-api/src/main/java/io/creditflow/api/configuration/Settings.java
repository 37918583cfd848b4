package io.creditflow.api.configuration;

import static io.creditflow.api.configuration.Setting.optional;
import static io.creditflow.api.configuration.Setting.required;
import static io.creditflow.api.configuration.Setting.secret;
import static io.creditflow.api.configuration.ValueParser.bytes;
import static io.creditflow.api.configuration.ValueParser.duration;
import static io.creditflow.api.configuration.ValueParser.listOf;
import static io.creditflow.api.configuration.ValueParser.matching;
import static io.creditflow.api.configuration.ValueParser.oneOf;
import static io.creditflow.api.configuration.ValueParser.optionalText;
import static io.creditflow.api.configuration.ValueParser.port;
import static io.creditflow.api.configuration.ValueParser.prices;
import static io.creditflow.api.configuration.ValueParser.text;
import static io.creditflow.api.configuration.ValueParser.thresholds;
import static io.creditflow.api.configuration.ValueParser.wholeNumber;
import static io.creditflow.api.configuration.ValueParser.yesOrNo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings. Each is declared once and listed in a {@link SettingGroup}. docs/configuration.md
 * is generated from them.
 */
public final class Settings {
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long MIB = 1L << 20;

  /** The prefix of settings that are passed unchanged to the Kafka clients. */
  public static final String KAFKA_PREFIX = "creditflow.kafka.";

  /** The prefix of settings that are passed unchanged to the schema registry client. */
  public static final String REGISTRY_PREFIX = "creditflow.registry.";

  private static final ValueParser<String> HOST_AND_PORT =
      matching("`host:port`", "(\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+):[0-9]{1,5}");
  private static final ValueParser<String> HTTP_ADDRESS =
      matching("an `http://` or `https://` address", "https?://[^\\s,]+");

  public static final Setting<List<String>> KAFKA_BOOTSTRAP_SERVERS =
      required(
          "kafka.bootstrap.servers",
          new ValueParser<>(
              "`host:port`, several separated by commas",
              given -> {
                List<String> servers = listOf(HOST_AND_PORT, "").parse(given);
                ValueParser.require(!servers.isEmpty(), "empty");
                return servers;
              }),
          "Kafka brokers for the first connection.");
  public static final Setting<List<String>> REGISTRY_URL =
      required(
          "registry.url",
          new ValueParser<>(
              "`http://` or `https://` address, several separated by commas",
              given -> {
                List<String> addresses = listOf(HTTP_ADDRESS, "").parse(given);
                ValueParser.require(!addresses.isEmpty(), "empty");
                return addresses;
              }),
          "The schema registry (Confluent's REST API).");

  public static final Setting<String> APPLICATION_ID =
      optional(
          "application.id",
          matching("1 to 100 letters, digits, `.`, `_` or `-`", "[A-Za-z0-9._-]{1,100}"),
          "creditflow",
          "Consumer group, and prefix of internal topics and transactional ids. Instances with the"
              + " same id share the work. A new id counts all records again from the beginning.");
  public static final Setting<Optional<String>> INSTANCE_ID =
      optional(
          "instance.id",
          new ValueParser<>(
              "1 to 100 letters, digits, `.`, `_` or `-`; empty to generate one",
              given -> {
                ValueParser.require(given.matches("[A-Za-z0-9._-]{0,100}"), "not such a name");
                return Optional.of(given).filter(id -> !id.isEmpty());
              }),
          "",
          "Unique name of this instance within its application id (static group membership). If"
              + " empty, an id is generated once and stored in the state directory.");
  public static final Setting<String> STATE_DIRECTORY =
      optional(
          "state.dir",
          text("a writable directory"),
          "state",
          "Directory of the RocksDB state. Each instance needs its own. If it is lost, the state is"
              + " restored from Kafka.");
  public static final Setting<Integer> PARTITIONS =
      optional(
          "partitions",
          wholeNumber(1, 10_000),
          "12",
          "Number of partitions of each topic that Creditflow creates. Existing input topics may"
              + " have another number if it is the same for all of them.");
  public static final Setting<Integer> REPLICATION_FACTOR =
      optional(
          "replication.factor",
          wholeNumber(-1, 32_767),
          "-1",
          "Replication factor of topics that Creditflow creates, internal ones included; -1 uses"
              + " the broker's default.");
  public static final Setting<Duration> ACCEPTED_AGE =
      optional(
          "accepted.age",
          duration(HOUR, DAY.multipliedBy(3650)),
          "35d",
          "Maximum time from `occurredAt` of a usage event to its arrival.");
  public static final Setting<Duration> ACCEPTED_FUTURE =
      optional(
          "accepted.future",
          duration(SECOND, DAY),
          "5m",
          "Maximum time by which `occurredAt` of an event may be later than its arrival.");
  public static final Setting<Boolean> BACKFILL =
      optional(
          "backfill",
          yesOrNo(),
          "false",
          "Turns the age limit off, to load past events. Event ids are then remembered for ever.");
  public static final Setting<Long> RECORD_BYTES =
      optional(
          "limit.record-bytes",
          bytes(64 << 10, 48 * MIB),
          "16MiB",
          "Largest record that is counted: key, value and headers, uncompressed. A larger one is"
              + " rejected, and its value is not copied to `rejected-events`.");
  public static final Setting<Duration> COMMIT_INTERVAL =
      optional(
          "commit.interval",
          duration(MILLISECOND.multipliedBy(10), MINUTE),
          "100ms",
          "How often changes are written and committed. Longer intervals make answers older.");
  public static final Setting<Integer> THREADS =
      optional(
          "threads",
          wholeNumber(1, 256),
          "1",
          "Stream threads of this instance. More threads than cores bring no gain.");
  public static final Setting<Integer> STANDBYS =
      optional(
          "standbys",
          wholeNumber(0, 5),
          "1",
          "Standby copies of each partition's state on other instances.");
  public static final Setting<Duration> STALENESS_BOUND =
      optional(
          "staleness.bound",
          duration(SECOND, MINUTE.multipliedBy(10)),
          "60s",
          "Maximum age of a standby's answer while the owner is unavailable. If the standby's"
              + " state is older, the answer is 503.");
  public static final Setting<Long> ROCKSDB_MEMORY =
      optional(
          "rocksdb.memory",
          bytes(16 * MIB, 1024 * 1024 * MIB),
          "256MiB",
          "Memory for block cache and write buffers, shared by all stores of this instance.");
  public static final Setting<Integer> FLUSH_POSTINGS =
      optional(
          "flush.postings",
          wholeNumber(1_000, 1_000_000),
          "50000",
          "Postings that a partition holds in memory before it flushes ahead of the commit.");

  public static final Setting<List<EffectivePrice>> PRICE_LEAD =
      optional("price.lead-sourced", prices(), "1", "Credits for each lead sourced.");
  public static final Setting<List<EffectivePrice>> PRICE_PHONE =
      optional("price.phone-revealed", prices(), "1", "Credits for each phone number revealed.");

  public static final Setting<Boolean> ALERT_RAISE =
      optional(
          "alert.raise",
          yesOrNo(),
          "true",
          "Whether alerts are raised. Set it to false while another application id counts the same"
              + " topics and raises them. Thresholds that are crossed meanwhile raise alerts after"
              + " a start with true.");
  public static final Setting<List<Double>> ALERT_QUOTA =
      optional(
          "alert.quota",
          thresholds(2, 100, "two ascending ratios separated by a comma"),
          "0.8,1",
          "Fractions of a campaign's quota at which QUOTA alerts are raised: WARNING, CRITICAL.");
  public static final Setting<List<Double>> ALERT_LOW_BALANCE =
      optional(
          "alert.low-balance",
          thresholds(3, 1, "three descending ratios separated by commas"),
          "0.2,0.1,0",
          "Remaining fractions of the allocation at which LOW_BALANCE alerts are raised: NOTICE,"
              + " WARNING, CRITICAL.");
  public static final Setting<List<Double>> ALERT_EXPIRY_DAYS =
      optional(
          "alert.expiry-days",
          thresholds(3, 3650, "three descending numbers of days separated by commas"),
          "30,7,1",
          "Days (24 hours each) before a grant's expiry at which EXPIRY alerts are raised: NOTICE,"
              + " WARNING, CRITICAL.");

  public static final Setting<String> HTTP_HOST =
      optional(
          "http.host",
          text("a host name or address"),
          "127.0.0.1",
          "Host or address on which the public port listens.");
  public static final Setting<Integer> HTTP_PORT =
      optional("http.port", port(), "8080", "The public port: API, documentation and dashboard.");
  public static final Setting<String> MANAGEMENT_HOST =
      optional(
          "management.host",
          text("a host name or address"),
          "127.0.0.1",
          "Host or address on which the management port listens. Keep it in a private network.");
  public static final Setting<Integer> MANAGEMENT_PORT =
      optional(
          "management.port",
          port(),
          "8090",
          "The management port: metrics, health and requests between instances. It must not be"
              + " public.");
  public static final Setting<Optional<String>> ADVERTISED_ADDRESS =
      optional(
          "advertised.address",
          new ValueParser<>(
              "`host:port`; empty for this host's name and the management port",
              given ->
                  given.isEmpty() ? Optional.empty() : Optional.of(HOST_AND_PORT.parse(given))),
          "",
          "Address at which other instances reach this one's management port.");
  public static final Setting<Optional<String>> PEER_SECRET =
      secret(
          "peer.secret",
          new ValueParser<>(
              "at least 16 characters; empty for none",
              given -> {
                ValueParser.require(given.isEmpty() || given.length() >= 16, "too short");
                return Optional.of(given).filter(secret -> !secret.isEmpty());
              }),
          "Secret that all instances share; requests between them must carry it. Without it, only"
              + " the caller's token is checked.");
  public static final Setting<Duration> PEER_TIMEOUT =
      optional(
          "peer.timeout",
          duration(MILLISECOND.multipliedBy(50), MINUTE),
          "1500ms",
          "How long another instance may take to answer before a standby is asked.");

  public static final Setting<String> AUTH_JWKS =
      required(
          "auth.jwks",
          text("a file, or an `http://` or `https://` address"),
          "Public keys (JWKS) that verify tokens: RS256, ES256 or EdDSA.");
  public static final Setting<Duration> AUTH_JWKS_REFRESH =
      optional(
          "auth.jwks-refresh",
          duration(SECOND, DAY),
          "5m",
          "How often the keys at a URL are fetched again. A token with an unknown key id triggers a"
              + " fetch at once, at most every 10 s. While the URL is unavailable, the keys fetched"
              + " last stay in use, and fetches are retried with a backoff from 2 s to 32 s. A file"
              + " is read again when it changes.");
  public static final Setting<Optional<String>> AUTH_ISSUER =
      optional(
          "auth.issuer", optionalText("text"), "", "Required `iss` of a token; empty accepts any.");
  public static final Setting<Optional<String>> AUTH_AUDIENCE =
      optional(
          "auth.audience",
          optionalText("text"),
          "",
          "Value that the `aud` of a token must contain; empty accepts any.");
  public static final Setting<Duration> AUTH_CLOCK_SKEW =
      optional(
          "auth.clock-skew",
          duration(Duration.ZERO, MINUTE.multipliedBy(5)),
          "10s",
          "Maximum difference between the clock of the token issuer and this one.");

  public static final Setting<List<String>> CORS_ORIGINS =
      optional(
          "cors.origins",
          listOf(
              matching("an origin", "https?://[A-Za-z0-9.\\[\\]:-]+"),
              "`https://host`, several separated by commas; empty for none"),
          "",
          "Origins whose pages may read the API.");
  public static final Setting<Duration> REQUEST_TIMEOUT =
      optional(
          "limit.request-timeout",
          duration(MILLISECOND.multipliedBy(100), MINUTE.multipliedBy(5)),
          "10s",
          "Maximum time for one request, requests to other instances included. CSV exports have no"
              + " such limit.");
  public static final Setting<Integer> CONCURRENT_REQUESTS =
      optional(
          "limit.concurrent-requests",
          wholeNumber(1, 10_000),
          "64",
          "Requests processed at one time. Twice as many wait for up to a second; further ones are"
              + " answered 503.");
  public static final Setting<Integer> CONCURRENT_EXPORTS =
      optional(
          "limit.concurrent-exports",
          wholeNumber(1, 1_000),
          "8",
          "CSV exports at one time; further ones are answered 503.");
  public static final Setting<Integer> CONNECTIONS =
      optional(
          "limit.connections",
          wholeNumber(10, 1_000_000),
          "4096",
          "Open connections per port; further ones wait.");
  public static final Setting<Long> URL_LENGTH =
      optional(
          "limit.url-length",
          bytes(1024, 64 << 10),
          "8KiB",
          "Maximum length of a URL, query included; a longer one is answered 414.");
  public static final Setting<Long> HEADER_BYTES =
      optional(
          "limit.header-bytes",
          bytes(4 << 10, MIB),
          "32KiB",
          "Maximum size of all headers of a request together; more is answered 431.");
  public static final Setting<Long> RESPONSE_CACHE =
      optional(
          "limit.response-cache",
          bytes(MIB, 16 * 1024 * MIB),
          "32MiB",
          "Memory for cached responses, which are reused until their workspace changes.");

  public static final Setting<Optional<String>> SUPPORT_CONTACT =
      optional(
          "dashboard.support-contact",
          optionalText("text"),
          "",
          "Contact that the dashboard names for help, for example an e-mail address.");
  public static final Setting<Optional<String>> ADMIN_HINT =
      optional(
          "dashboard.admin-hint",
          optionalText("text"),
          "",
          "Text that the dashboard shows to people who lack `credits:read`.");
  private static final ValueParser<Optional<String>> LINK =
      new ValueParser<>(
          "an address (`https://...` or `/...`); empty for none",
          given -> {
            ValueParser.require(given.matches("|https?://\\S+|/\\S*"), "not an address");
            return Optional.of(given).filter(link -> !link.isEmpty());
          });
  public static final Setting<Optional<String>> LOGIN_URL =
      optional(
          "dashboard.login-url", LINK, "", "URL to which the dashboard sends people to sign in.");
  public static final Setting<Optional<String>> LINK_TEAM =
      optional(
          "dashboard.link-team",
          LINK,
          "",
          "Link of the settings tab Team; the tab is hidden if empty.");
  public static final Setting<Optional<String>> LINK_INTEGRATIONS =
      optional(
          "dashboard.link-integrations",
          LINK,
          "",
          "Link of the settings tab Integrations; the tab is hidden if empty.");
  public static final Setting<Optional<String>> LINK_SOURCING =
      optional(
          "dashboard.link-sourcing",
          LINK,
          "",
          "Link of the settings tab Sourcing; the tab is hidden if empty.");

  public static final Setting<LogFormat> LOG_FORMAT =
      optional("log.format", oneOf(LogFormat.class), "text", "Format of log lines.");
  public static final Setting<LogLevel> LOG_LEVEL =
      optional(
          "log.level", oneOf(LogLevel.class), "info", "Lowest level at which Creditflow logs.");

  private Settings() {}
}
