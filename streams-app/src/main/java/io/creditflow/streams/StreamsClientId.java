package io.creditflow.streams;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client id of the pipeline's Kafka clients. It contains the instance's address, so that the
 * client id of a group member identifies its instance.
 */
public final class StreamsClientId {
  private static final Pattern MEMBER = Pattern.compile(".*@(.+)-StreamThread-\\d+-consumer");

  static String of(String applicationId, String advertised) {
    return applicationId + "@" + advertised;
  }

  /**
   * The address of the instance to which a group member belongs, {@code host:port}.
   *
   * @param memberClientId the client id of the member
   * @return null if the client id does not contain an address
   */
  public static String addressIn(String memberClientId) {
    Matcher matcher = MEMBER.matcher(memberClientId);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private StreamsClientId() {}
}
