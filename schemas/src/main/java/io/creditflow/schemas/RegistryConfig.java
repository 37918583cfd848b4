package io.creditflow.schemas;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The registry's addresses and the client's limits, under the setting names of Confluent's clients.
 *
 * <p>As there, every name may also have the prefix {@code schema.registry.}. Other names are
 * ignored, because Kafka passes the whole client configuration to a serde.
 *
 * <p>Timeouts are far shorter than Confluent's (60 s), because a stream thread blocks meanwhile and
 * its transaction must not time out.
 *
 * @param endpoints the registry's addresses ({@code schema.registry.url}), tried in turn
 * @param connectTimeout {@code http.connect.timeout.ms}, default 2 s
 * @param readTimeout {@code http.read.timeout.ms}: from request to the answer's last byte, default
 *     5 s
 * @param callTimeout {@code call.timeout.ms} (not a Confluent setting): one request with all its
 *     retries, default 8 s
 * @param retriesMax {@code max.retries}: rounds over all addresses after the first, default 3
 * @param retryWait {@code retries.wait.ms}: pause before the first retry, doubled for each further
 *     one, default 100 ms
 * @param retryWaitMax {@code retries.max.wait.ms}: the longest pause before a retry, default 2 s
 * @param unknownIdTtl {@code missing.id.cache.ttl.sec}: how long an unknown id is cached, default
 *     10 s
 * @param unknownIdsMax {@code missing.cache.size}: number of unknown ids cached, default 10000
 * @param schemasMax {@code max.schemas.per.subject}: number of schemas cached, default 1000
 * @param tls from {@code schema.registry.ssl.*}; empty for the JVM's default trust store
 */
public record RegistryConfig(
    List<Endpoint> endpoints,
    Duration connectTimeout,
    Duration readTimeout,
    Duration callTimeout,
    int retriesMax,
    Duration retryWait,
    Duration retryWaitMax,
    Duration unknownIdTtl,
    int unknownIdsMax,
    int schemasMax,
    Optional<SSLContext> tls) {

  public static final String URL = "schema.registry.url";
  static final String PREFIX = "schema.registry.";

  /**
   * One address and its Authorization header. {@code toString} omits the header, because it is a
   * secret.
   */
  public record Endpoint(URI base, Optional<String> authorization) {
    @Override
    public String toString() {
      return base.toString();
    }
  }

  /**
   * Reads and validates a configuration.
   *
   * @throws ConfigException if a value is missing or invalid; the message names its key
   */
  public static RegistryConfig from(Map<String, ?> configs) {
    Values values = new Values(configs);
    return new RegistryConfig(
        endpoints(values),
        values.millis("http.connect.timeout.ms", 2_000, 1),
        values.millis("http.read.timeout.ms", 5_000, 1),
        values.millis("call.timeout.ms", 8_000, 1),
        values.number("max.retries", 3, 0),
        values.millis("retries.wait.ms", 100, 1),
        values.millis("retries.max.wait.ms", 2_000, 1),
        Duration.ofSeconds(values.number("missing.id.cache.ttl.sec", 10, 0)),
        values.number("missing.cache.size", 10_000, 0),
        values.number("max.schemas.per.subject", 1_000, 1),
        RegistryTls.from(configs));
  }

  private static List<Endpoint> endpoints(Values values) {
    Optional<String> forAll = configuredAuthorization(values);
    List<Endpoint> endpoints = new ArrayList<>();
    for (String url : values.text(URL).orElse("").split(",", -1)) {
      if (!url.isBlank()) {
        endpoints.add(endpoint(url.strip(), forAll));
      }
    }
    if (endpoints.isEmpty()) {
      throw new ConfigException(URL, "", "give the registry's address, like http://host:8081");
    }
    return List.copyOf(endpoints);
  }

  private static Endpoint endpoint(String url, Optional<String> forAll) {
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!http || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
        throw new IllegalArgumentException();
      }
      String path = uri.getRawPath().replaceAll("/+$", "");
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      URI base = URI.create(uri.getScheme() + "://" + uri.getHost() + port + path);
      Optional<String> inUrl =
          Optional.ofNullable(uri.getRawUserInfo())
              .map(info -> basic(URLDecoder.decode(info, StandardCharsets.UTF_8)));
      return new Endpoint(base, forAll.or(() -> inUrl));
    } catch (IllegalArgumentException e) {
      // The value may hold a password, so the message does not quote it.
      throw new ConfigException(
          "Invalid value for configuration "
              + URL
              + ": each address must be like http://host:8081 or https://host/path");
    }
  }

  private static Optional<String> configuredAuthorization(Values values) {
    Optional<String> bearer = values.text("bearer.auth.credentials.source");
    if (bearer.isPresent()) {
      requireOneOf("bearer.auth.credentials.source", bearer.get(), List.of("STATIC_TOKEN"));
      return Optional.of("Bearer " + values.required("bearer.auth.token"));
    }
    String source = values.text("basic.auth.credentials.source").orElse("URL");
    requireOneOf("basic.auth.credentials.source", source, List.of("URL", "USER_INFO"));
    return source.equals("USER_INFO")
        ? Optional.of(basic(values.required("basic.auth.user.info")))
        : Optional.empty();
  }

  private static void requireOneOf(String key, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new ConfigException(key, value, "use one of " + known);
    }
  }

  private static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads values under a name or its prefixed form. A value may be a string, a list or a type of
   * Kafka's.
   */
  private record Values(Map<String, ?> configs) {
    Optional<String> text(String key) {
      Object value = configs.get(key.startsWith(PREFIX) ? key : PREFIX + key);
      return Optional.ofNullable(value == null ? configs.get(key) : value)
          .map(Values::asText)
          .filter(text -> !text.isBlank());
    }

    String required(String key) {
      return text(key).orElseThrow(() -> new ConfigException(key, "", "must be set"));
    }

    Duration millis(String key, int orElse, int least) {
      return Duration.ofMillis(number(key, orElse, least));
    }

    int number(String key, int orElse, int least) {
      String value = text(key).orElse(String.valueOf(orElse)).strip();
      int number;
      try {
        number = Integer.parseInt(value);
      } catch (NumberFormatException e) {
        number = least - 1;
      }
      if (number < least) {
        throw new ConfigException(key, value, "must be a whole number of at least " + least);
      }
      return number;
    }

    private static String asText(Object value) {
      if (value instanceof Password password) {
        return password.value();
      }
      return value instanceof Collection<?> items
          ? items.stream().map(Values::asText).collect(Collectors.joining(","))
          : value.toString();
    }
  }
}
