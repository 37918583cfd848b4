package io.creditflow.streams;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client id that the pipeline's Kafka clients carry: it has the instance's address in it, so
 * that a member of the group can be asked for who it is.
 */
public final class StreamsClientId {
  private static final Pattern MEMBER = Pattern.compile(".*@(.+)-StreamThread-\\d+-consumer");

  static String of(String applicationId, String advertised) {
    return applicationId + "@" + advertised;
  }

  /**
   * Where the instance is reached that a member of the group belongs to, {@code host:port}.
   *
   * @return null if the id does not say
   */
  public static String addressIn(String memberClientId) {
    Matcher matcher = MEMBER.matcher(memberClientId);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private StreamsClientId() {}
}
