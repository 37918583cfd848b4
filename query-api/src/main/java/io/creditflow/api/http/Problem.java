package io.creditflow.api.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An error response (RFC 9457, {@code application/problem+json}).
 *
 * @param type a relative URL that describes the kind of error
 * @param title the kind of error, always the same for a type
 * @param detail the reason in this case, and the remedy
 * @param instance the id of this occurrence in the log; null if it is not logged
 * @param errors the invalid parameters; empty unless status is 400
 * @param headers further response headers, not part of the body
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<BadParameter> errors,
    @JsonIgnore Map<String, String> headers) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /** An invalid parameter and the reason. */
  public record BadParameter(String parameter, String detail) {}

  private static Problem of(int status, String name, String title, String detail) {
    return new Problem("/docs#" + name, title, status, detail, null, List.of(), Map.of());
  }

  /** The same problem with an additional header. */
  public Problem with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(type, title, status, detail, instance, errors, Map.copyOf(more));
  }

  public static Problem badRequest(String detail) {
    return of(400, "bad-request", "Bad request", detail);
  }

  public static Problem badParameters(List<BadParameter> errors) {
    return new Problem(
        "/docs#bad-parameters",
        "Bad parameters",
        400,
        errors.size() == 1
            ? errors.get(0).parameter() + ": " + errors.get(0).detail()
            : errors.size() + " parameters cannot be used; errors says which and why.",
        null,
        List.copyOf(errors),
        Map.of());
  }

  public static Problem unauthorized(String detail, boolean isTokenMissing) {
    String challenge =
        isTokenMissing
            ? "Bearer realm=\"creditflow\""
            : "Bearer realm=\"creditflow\", error=\"invalid_token\", error_description=\""
                + detail.replace("\"", "'")
                + "\"";
    return of(401, "unauthorized", "Not signed in", detail).with("WWW-Authenticate", challenge);
  }

  public static Problem forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  public static Problem notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  public static Problem methodNotAllowed(String allowed) {
    return of(405, "method-not-allowed", "Method not allowed", "Use " + allowed + " here.")
        .with("Allow", allowed);
  }

  public static Problem contentTooLarge() {
    return of(413, "content-too-large", "Content too large", "Nothing here takes a body.")
        .with("Connection", "close");
  }

  public static Problem uriTooLong(long lengthMax) {
    return of(
        414,
        "uri-too-long",
        "Address too long",
        "An address may have up to " + lengthMax + " characters here.");
  }

  /** A 503: the request may succeed if it is sent again after the given time. */
  public static Problem unavailable(String detail, long retryAfterSeconds) {
    return of(503, "unavailable", "Not available now", detail)
        .with("Retry-After", Long.toString(retryAfterSeconds));
  }

  /** A 500 for an unexpected exception, which is in the log under the given id. */
  public static Problem unexpected(String id) {
    return new Problem(
        "/docs#unexpected",
        "Unexpected error",
        500,
        "Something went wrong on this side. The log has it under the id in instance.",
        "urn:uuid:" + id,
        List.of(),
        Map.of());
  }

  /** An error found by Jetty or Javalin, for example a malformed request line. */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 400 -> badRequest("The request is malformed.");
      case 404 -> notFound("There is nothing at this address.");
      case 408 -> of(408, "timeout", "Request timeout", "The request took too long to arrive.");
      case 413 -> contentTooLarge();
      case 414 -> of(414, "uri-too-long", "Address too long", "The address is too long.");
      case 431 -> of(431, "headers-too-large", "Headers too large", "Send fewer headers.");
      case 503 -> unavailable("The server is busy or stopping.", 1);
      default -> of(status, "error", "Error", "The request cannot be answered.");
    };
  }

  public ProblemException exception() {
    return new ProblemException(this);
  }
}
