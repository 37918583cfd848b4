package io.creditflow.api.topics;

import io.creditflow.api.topics.TopicRules.Found;
import io.creditflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing topics and checks existing ones, before the pipeline starts. */
public final class TopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Admin admin;
  private final TopicRules rules;
  private final String bootstrapServers;
  private final CountDownLatch stopping;

  /**
   * @param stopping counted down when the process is to end; ends waiting for the broker
   */
  public TopicSetup(Admin admin, String bootstrapServers, CountDownLatch stopping) {
    this.admin = admin;
    this.rules = new TopicRules(bootstrapServers);
    this.bootstrapServers = bootstrapServers;
    this.stopping = stopping;
  }

  /**
   * Waits for the broker without a time limit, then checks existing topics and creates missing
   * ones.
   *
   * @param partitions the number of partitions of new topics, if no input topic exists
   * @param replicationFactor the replication factor of new topics; -1 for the broker's default
   * @param applicationId the application id, whose changelog is checked too
   * @return the number of partitions of every input topic
   * @throws InvalidTopicsException if existing topics do not meet the requirements
   * @throws KafkaRejectedException if Kafka refuses a request and a retry would not help
   */
  public int ensure(int partitions, int replicationFactor, String applicationId)
      throws InterruptedException {
    return awaitKafka(() -> tryToEnsure(partitions, (short) replicationFactor, applicationId));
  }

  /** The id of the Kafka cluster. Waits for a broker without a time limit. */
  public String clusterId() throws InterruptedException {
    return awaitKafka(() -> admin.describeCluster().clusterId().get());
  }

  /** A request to the broker. */
  private interface Call<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private <T> T awaitKafka(Call<T> call) throws InterruptedException {
    while (true) {
      try {
        return call.ask();
      } catch (ExecutionException e) {
        if (!isRetriable(e.getCause())) {
          throw KafkaRejectedException.of(bootstrapServers, e.getCause());
        }
        LOG.info("Waiting for Kafka at {} ({})", bootstrapServers, e.getCause().getMessage());
        if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new InterruptedException("stopped while waiting for Kafka");
        }
      }
    }
  }

  /** Whether a retry may help; also if another instance has just created one of the topics. */
  private static boolean isRetriable(Throwable cause) {
    return cause instanceof RetriableException || cause instanceof TopicExistsException;
  }

  private int tryToEnsure(int partitions, short replicationFactor, String applicationId)
      throws ExecutionException, InterruptedException {
    Map<String, Found> found = find(applicationId);
    int count = TopicRules.partitionsOf(found).orElse(partitions);
    requireGood(found, count, applicationId);
    raise(Topics.REJECTED_EVENTS, TopicRules.rejectedBytesRaised(found));
    String changelog = changelogOf(applicationId);
    raise(changelog, TopicRules.changelogBytesRaised(found.get(changelog)));
    List<NewTopic> missing =
        Stream.concat(Topics.INPUTS.stream(), Topics.OUTPUTS.stream())
            .filter(name -> !found.containsKey(name))
            .map(
                name ->
                    newTopic(
                        name, count, replicationFactor, TopicRules.rejectedBytesCreated(found)))
            .toList();
    if (!missing.isEmpty()) {
      admin.createTopics(missing).all().get();
      LOG.info("Created topics with {} partitions each: {}", count, names(missing));
    }
    return count;
  }

  private void raise(String name, Optional<Long> bytes)
      throws ExecutionException, InterruptedException {
    if (bytes.isEmpty()) {
      return;
    }
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    ConfigEntry limit =
        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(bytes.get()));
    admin
        .incrementalAlterConfigs(
            Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
        .all()
        .get();
    LOG.info(
        "Topic {}: raised {} to {}, the size of the largest possible record",
        name,
        limit.name(),
        limit.value());
  }

  private void requireGood(Map<String, Found> found, int partitions, String applicationId)
      throws ExecutionException, InterruptedException {
    Map<String, Found> topics = new HashMap<>(found);
    Found changelog = topics.remove(changelogOf(applicationId));
    List<String> problems = new ArrayList<>(rules.problems(topics));
    TopicRules.changelogProblem(changelog, partitions, applicationId).ifPresent(problems::add);
    if (changelog == null && hasCounted(applicationId)) {
      problems.add(TopicRules.changelogLost(changelogOf(applicationId), applicationId));
    }
    if (!problems.isEmpty()) {
      throw new InvalidTopicsException(problems);
    }
  }

  private boolean hasCounted(String applicationId) throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(applicationId)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .anyMatch(committed -> committed != null && committed.offset() > 0);
  }

  private static NewTopic newTopic(
      String name, int partitions, short replicationFactor, long rejectedBytesMax) {
    return new NewTopic(
            name,
            Optional.of(partitions),
            replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor))
        .configs(settingsOf(name, rejectedBytesMax));
  }

  private static Map<String, String> settingsOf(String name, long rejectedBytesMax) {
    Map<String, String> settings = new HashMap<>(TopicRules.SETTINGS);
    if (name.equals(Topics.REJECTED_EVENTS)) {
      settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(rejectedBytesMax));
    }
    return settings;
  }

  private static List<String> names(List<NewTopic> topics) {
    return topics.stream().map(NewTopic::name).toList();
  }

  private static String changelogOf(String applicationId) {
    return applicationId + "-credit-state-changelog";
  }

  private Map<String, Found> find(String applicationId)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<String> ours =
        Stream.of(
                Topics.INPUTS.stream(),
                Topics.OUTPUTS.stream(),
                Stream.of(changelogOf(applicationId)))
            .flatMap(names -> names)
            .filter(existing::contains)
            .toList();
    Map<String, TopicDescription> described = admin.describeTopics(ours).allTopicNames().get();
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(
                described.keySet().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .all()
            .get();
    Map<String, Found> found = new HashMap<>();
    configs.forEach(
        (resource, config) -> {
          Map<String, String> settings = new HashMap<>();
          for (ConfigEntry entry : config.entries()) {
            settings.put(entry.name(), entry.value());
          }
          int partitions = described.get(resource.name()).partitions().size();
          found.put(resource.name(), new Found(resource.name(), partitions, settings));
        });
    return found;
  }
}
