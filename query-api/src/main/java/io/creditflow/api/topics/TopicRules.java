package io.creditflow.api.topics;

import io.creditflow.schemas.Topics;
import io.creditflow.streams.CreditPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** What must hold of topics. Pure: judges what a broker was found to have. */
final class TopicRules {
  /** Settings of every topic, input or output: nothing is ever deleted, time is arrival. */
  static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG, "delete",
              TopicConfig.RETENTION_MS_CONFIG, "-1",
              TopicConfig.RETENTION_BYTES_CONFIG, "-1",
              TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));

  /**
   * A topic as it was found.
   *
   * @param settings effective values by name
   */
  record Found(String name, int partitions, Map<String, String> settings) {}

  private final String bootstrapServers;

  TopicRules(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** A rejected record is as large as it came, and has headers besides. */
  private static final int REJECTED_HEADERS_BYTES = 64 * 1024;

  private static final long BROKER_DEFAULT_BYTES_MAX = 1024 * 1024 + 12;

  /**
   * What rejected-events is made with: its limit is for records as they are packed there, and what
   * a producer's zstd has packed well may be several times as large in our LZ4.
   */
  private static final long REJECTED_BYTES_MADE = 64L * 1024 * 1024;

  /** The number of partitions that missing topics are to get: that of the inputs there are. */
  static Optional<Integer> partitionsOf(Map<String, Found> found) {
    return Topics.INPUTS.stream()
        .filter(found::containsKey)
        .map(topic -> found.get(topic).partitions())
        .findFirst();
  }

  /** Everything that is wrong, one line each; empty if all is well. */
  List<String> problems(Map<String, Found> found) {
    List<String> problems = new ArrayList<>();
    found.values().forEach(topic -> addSettings(topic, problems));
    addPartitions(found, problems);
    return problems;
  }

  private void addSettings(Found topic, List<String> problems) {
    SETTINGS.forEach(
        (name, wanted) -> {
          String value = topic.settings().getOrDefault(name, "unset");
          if (!value.equals(wanted)) {
            problems.add(
                "topic %s: %s is %s, must be %s. To fix it: kafka-configs.sh --bootstrap-server %s"
                        .formatted(topic.name(), name, value, wanted, bootstrapServers)
                    + " --alter --entity-type topics --entity-name %s --add-config %s=%s"
                        .formatted(topic.name(), name, wanted));
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
   * To what the limit of rejected-events is to be raised; empty if it is there and takes every
   * record of the inputs. Else one that is both large and bad could be neither counted nor set
   * aside.
   */
  static Optional<Long> rejectedBytesRaised(Map<String, Found> found) {
    Found rejected = found.get(Topics.REJECTED_EVENTS);
    return rejected == null || bytesMax(rejected) >= rejectedBytesMax(found)
        ? Optional.empty()
        : Optional.of(rejectedBytesMade(found));
  }

  /** What rejected-events is made to take, in bytes. */
  static long rejectedBytesMade(Map<String, Found> found) {
    return Math.max(rejectedBytesMax(found), REJECTED_BYTES_MADE);
  }

  /** What rejected-events must take, in bytes: the largest record of any input, and headers. */
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
   * To what the limit of a changelog is to be raised; empty if it takes the largest row, or there
   * is none yet.
   *
   * @param changelog null if there is none
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
   * What is wrong with the changelog of an application id, if it has one.
   *
   * @param changelog null if there is none
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

  /** What was counted is nowhere, yet the group's offsets say that it need not be counted again. */
  static String changelogLost(String changelog, String applicationId) {
    return "topic %s is gone, but group %s has counted: the numbers of all that came before would be"
            .formatted(changelog, applicationId)
        + " missing. Start under a new creditflow.application.id, which counts everything again"
        + " from the topics";
  }
}
