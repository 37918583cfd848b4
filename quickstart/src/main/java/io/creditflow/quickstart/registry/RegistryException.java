package io.creditflow.quickstart.registry;

/**
 * The registry refuses a request. The exception has the error codes that Confluent's clients
 * expect.
 */
final class RegistryException extends RuntimeException {
  private final int status;
  private final int errorCode;

  private RegistryException(int status, int errorCode, String message) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  static RegistryException subjectNotFound(String subject) {
    return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException versionNotFound(String version) {
    return new RegistryException(404, 40402, "Version " + version + " not found.");
  }

  static RegistryException schemaNotFound() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException noSuchPath(String path) {
    return new RegistryException(404, 404, "HTTP 404 Not Found: " + path);
  }

  static RegistryException methodNotAllowed(String method) {
    return new RegistryException(405, 405, "HTTP 405 Method Not Allowed: " + method);
  }

  static RegistryException incompatible(String subject, String detail) {
    return new RegistryException(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\" (BACKWARD): "
            + detail);
  }

  static RegistryException malformed(String detail) {
    return new RegistryException(400, 400, "Malformed request: " + detail);
  }

  static RegistryException invalidSchema(String detail) {
    return new RegistryException(422, 42201, "Invalid schema: " + detail);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  static RegistryException invalidCompatibility(String level) {
    return new RegistryException(
        422, 42203, "Invalid compatibility level '" + level + "': this registry knows BACKWARD.");
  }

  int status() {
    return status;
  }

  int errorCode() {
    return errorCode;
  }
}
