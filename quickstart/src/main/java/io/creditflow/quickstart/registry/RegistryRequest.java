package io.creditflow.quickstart.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A client's request to the registry.
 *
 * @param path the path's segments, decoded: a subject's name may contain a slash
 * @param query the raw query string; null if there is none
 */
record RegistryRequest(
    String method, String rawPath, List<String> path, String query, String content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RegistryRequest of(HttpExchange exchange) throws IOException {
    String rawPath = exchange.getRequestURI().getRawPath();
    List<String> path =
        Arrays.stream(rawPath.split("/", -1))
            .filter(part -> !part.isEmpty())
            // In a path, a plus sign is not an encoded space.
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    return new RegistryRequest(
        exchange.getRequestMethod(),
        rawPath,
        path,
        exchange.getRequestURI().getRawQuery(),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  boolean is(String expected) {
    return method.equals(expected);
  }

  void require(String expected) {
    if (!is(expected)) {
      throw RegistryException.methodNotAllowed(method);
    }
  }

  <T> T only(String expected, T answer) {
    require(expected);
    return answer;
  }

  /** Whether the query contains {@code name=true}. */
  boolean flag(String name) {
    return query != null && Arrays.asList(query.split("&", -1)).contains(name + "=true");
  }

  JsonNode body() {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw RegistryException.malformed("the body is not JSON");
    }
  }
}
