package io.creditflow.api.topics;

import io.creditflow.schemas.Topics;
import io.creditflow.streams.CreditPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The requirements on topics. Checks topics that were described by the broker; has no side effects.
 */
final class TopicRules {
  /** Required settings of every input and output topic: unlimited retention, append timestamps. */
  static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, "delete",
              TopicConfig.RETENTION_MS_CONFIG, "-1",
              TopicConfig.RETENTION_BYTES_CONFIG, "-1",
              TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));

  /**
   * A topic on the broker.
   *
   * @param settings the effective settings by name
   */
  record Found(String name, int partitions, Map<String, String> settings) {}

  private final String bootstrapServers;

  TopicRules(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The maximum size of the headers that are added to a rejected record. */
  private static final int REJECTED_HEADERS_BYTES = 64 * 1024;

  private static final long BROKER_DEFAULT_BYTES_MAX = 1024 * 1024 + 12;

  /**
   * The minimum for {@code max.message.bytes} of rejected-events when it is created. The limit
   * applies to compressed records, and a record that its producer compressed with zstd may be
   * several times larger with Creditflow's LZ4.
   */
  private static final long REJECTED_BYTES_CREATED = 64L * 1024 * 1024;

  /** The number of partitions of the existing input topics; empty if no input topic exists. */
  static Optional<Integer> partitionsOf(Map<String, Found> found) {
    return Topics.INPUTS.stream()
        .filter(found::containsKey)
        .map(topic -> found.get(topic).partitions())
        .findFirst();
  }

  /** All problems, one line each; empty if the topics meet the requirements. */
  List<String> problems(Map<String, Found> found) {
    List<String> problems = new ArrayList<>();
    found.values().forEach(topic -> addSettings(topic, problems));
    addPartitions(found, problems);
    return problems;
  }

  private void addSettings(Found topic, List<String> problems) {
    SETTINGS.forEach(
        (name, required) -> {
          String value = topic.settings().getOrDefault(name, "unset");
          if (!value.equals(required)) {
            problems.add(
                "topic %s: %s is %s, must be %s. To fix it: kafka-configs.sh --bootstrap-server %s"
                        .formatted(topic.name(), name, value, required, bootstrapServers)
                    + " --alter --entity-type topics --entity-name %s --add-config %s=%s"
                        .formatted(topic.name(), name, required));
          }
        });
  }

  private void addPartitions(Map<String, Found> found, List<String> problems) {
    int most =
        Topics.INPUTS.stream()
            .filter(found::containsKey)
            .mapToInt(topic -> found.get(topic).partitions())
            .max()
            .orElse(0);
    for (String name : Topics.INPUTS) {
      Found topic = found.get(name);
      if (topic != null && topic.partitions() != most) {
        problems.add(
            "topic %s: partitions is %d, must be %d as in the other input topics. To fix it, while"
                    .formatted(name, topic.partitions(), most)
                + " nothing has been written to it: kafka-topics.sh --bootstrap-server %s"
                    .formatted(bootstrapServers)
                + " --alter --topic %s --partitions %d".formatted(name, most));
      }
    }
  }

  /**
   * The value to which {@code max.message.bytes} of an existing rejected-events must be raised;
   * empty if the topic is missing or its limit suffices. The topic must accept every record of the
   * inputs, so that any of them can be rejected.
   */
  static Optional<Long> rejectedBytesRaised(Map<String, Found> found) {
    Found rejected = found.get(Topics.REJECTED_EVENTS);
    return rejected == null || bytesMax(rejected) >= rejectedBytesMax(found)
        ? Optional.empty()
        : Optional.of(rejectedBytesCreated(found));
  }

  /** The {@code max.message.bytes} with which rejected-events is created. */
  static long rejectedBytesCreated(Map<String, Found> found) {
    return Math.max(rejectedBytesMax(found), REJECTED_BYTES_CREATED);
  }

  /**
   * The lowest valid limit of rejected-events, in bytes: the largest limit of an input, plus
   * headers.
   */
  private static long rejectedBytesMax(Map<String, Found> found) {
    long largest =
        Topics.INPUTS.stream()
            .filter(found::containsKey)
            .mapToLong(topic -> bytesMax(found.get(topic)))
            .max()
            .orElse(BROKER_DEFAULT_BYTES_MAX);
    return largest + REJECTED_HEADERS_BYTES;
  }

  /**
   * The value to which {@code max.message.bytes} of a changelog must be raised; empty if the topic
   * is missing or its limit suffices for the largest row.
   *
   * @param changelog null if the topic is missing
   */
  static Optional<Long> changelogBytesRaised(Found changelog) {
    return changelog == null || bytesMax(changelog) >= CreditPipeline.ROW_BYTES_MAX
        ? Optional.empty()
        : Optional.of(CreditPipeline.ROW_BYTES_MAX);
  }

  private static long bytesMax(Found topic) {
    String value = topic.settings().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    return value == null ? BROKER_DEFAULT_BYTES_MAX : Long.parseLong(value);
  }

  /**
   * The problem if the changelog has another number of partitions than the input topics; empty if
   * there is none.
   *
   * @param changelog null if the topic is missing
   * @param partitions the number of partitions of the input topics
   */
  static Optional<String> changelogProblem(Found changelog, int partitions, String applicationId) {
    return changelog == null || changelog.partitions() == partitions
        ? Optional.empty()
        : Optional.of(
            "application id %s counted %d partitions, the input topics now have %d: workspaces"
                    .formatted(applicationId, changelog.partitions(), partitions)
                + " have moved between them. Start under a new creditflow.application.id, which"
                + " counts everything again from the topics");
  }

  /**
   * The problem if the group has committed offsets but the changelog with the counted state is
   * missing.
   */
  static String changelogLost(String changelog, String applicationId) {
    return "topic %s does not exist, but group %s has committed offsets: everything counted before"
            .formatted(changelog, applicationId)
        + " would be missing. Start under a new creditflow.application.id, which counts everything again"
        + " from the topics";
  }
}
