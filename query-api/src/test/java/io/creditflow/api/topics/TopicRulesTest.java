package io.creditflow.api.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.api.topics.TopicRules.Found;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
  private final TopicRules rules = new TopicRules("k1:9092");

  @Test
  void topicsAsTheyMustBePass() {
    assertThat(rules.problems(found("lead-sourced", 6, "campaigns", 6, "rejected-events", 1)))
        .isEmpty();
  }

  @Test
  void aWrongSettingIsNamedWithTheCommandThatMendsIt() {
    Map<String, Found> found = found("lead-sourced", 6);
    Map<String, String> settings = new HashMap<>(TopicRules.SETTINGS);
    settings.put("retention.ms", "604800000");
    found.put("lead-sourced", new Found("lead-sourced", 6, settings));

    assertThat(rules.problems(found))
        .containsExactly(
            "topic lead-sourced: retention.ms is 604800000, must be -1. To fix it:"
                + " kafka-configs.sh --bootstrap-server k1:9092 --alter --entity-type topics"
                + " --entity-name lead-sourced --add-config retention.ms=-1");
  }

  @Test
  void inputsWithDifferentPartitionCountsAreNamed() {
    assertThat(rules.problems(found("lead-sourced", 12, "phone-revealed", 6)))
        .singleElement()
        .asString()
        .contains("topic phone-revealed: partitions is 6, must be 12")
        .contains("--alter --topic phone-revealed --partitions 12");
  }

  @Test
  void rejectedEventsIsMadeToTakeMoreThanAnyInput() {
    Map<String, Found> found = found("lead-sourced", 6, "rejected-events", 6);
    Map<String, String> large = new HashMap<>(TopicRules.SETTINGS);
    large.put("max.message.bytes", "4000000");
    found.put("lead-sourced", new Found("lead-sourced", 6, large));

    assertThat(rules.problems(found)).isEmpty();
    assertThat(TopicRules.rejectedBytesRaised(found)).contains(64L * 1024 * 1024);
    assertThat(TopicRules.rejectedBytesRaised(found("lead-sourced", 6, "rejected-events", 6)))
        .isEmpty();
    assertThat(TopicRules.rejectedBytesRaised(found("lead-sourced", 6))).isEmpty();
  }

  @Test
  void aChangelogThatTakesSmallRowsOnlyIsRaised() {
    Found small =
        new Found("creditflow-credit-state-changelog", 6, Map.of("max.message.bytes", "1048588"));
    Found large =
        new Found("creditflow-credit-state-changelog", 6, Map.of("max.message.bytes", "67108864"));

    assertThat(TopicRules.changelogBytesRaised(small)).contains(64L * 1024 * 1024);
    assertThat(TopicRules.changelogBytesRaised(large)).isEmpty();
    assertThat(TopicRules.changelogBytesRaised(null)).isEmpty();
  }

  @Test
  void missingTopicsGetThePartitionsOfThoseThereAre() {
    assertThat(TopicRules.partitionsOf(found("credit-grants", 7, "rejected-events", 1)))
        .contains(7);
    assertThat(TopicRules.partitionsOf(found("rejected-events", 1))).isEmpty();
  }

  @Test
  void stateOfAnotherPartitionCountIsRefused() {
    Found changelog = new Found("creditflow-credit-state-changelog", 12, Map.of());

    assertThat(TopicRules.changelogProblem(changelog, 12, "creditflow")).isEmpty();
    assertThat(TopicRules.changelogProblem(null, 6, "creditflow")).isEmpty();
    assertThat(TopicRules.changelogProblem(changelog, 6, "creditflow").orElseThrow())
        .contains("counted 12 partitions")
        .contains("new creditflow.application.id");
  }

  private static Map<String, Found> found(Object... namesAndPartitions) {
    Map<String, Found> found = new HashMap<>();
    for (int i = 0; i < namesAndPartitions.length; i += 2) {
      String name = (String) namesAndPartitions[i];
      found.put(name, new Found(name, (Integer) namesAndPartitions[i + 1], TopicRules.SETTINGS));
    }
    if (found.containsKey("rejected-events")) {
      Map<String, String> settings = new HashMap<>(TopicRules.SETTINGS);
      settings.put("max.message.bytes", "1114124");
      found.put(
          "rejected-events",
          new Found("rejected-events", found.get("rejected-events").partitions(), settings));
    }
    return found;
  }
}
