package io.creditflow.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditflow.api.http.Json;
import io.creditflow.streams.StreamsClientId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another process that runs under this instance's name. Kafka lets only the latest process of a
 * name count, so two of them would throw each other out again and again. Hence the later one ends,
 * before it joins; a process that was thrown out all the same ends, too.
 */
final class DuplicateInstanceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DuplicateInstanceCheck.class);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than brokers keep a member that does not answer (session.timeout.ms). */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Admin admin;
  private final String group;
  private final String instanceId;
  private final String self;

  /**
   * @param self where this instance is reached, {@code host:port}
   */
  DuplicateInstanceCheck(Admin admin, String group, String instanceId, String self) {
    this.admin = admin;
    this.group = group;
    this.instanceId = instanceId;
    this.self = self;
  }

  private enum State {
    RUNS,
    IS_GONE,
    CANNOT_BE_TOLD
  }

  /**
   * Makes sure that no other live process has the name. One that cannot be reached is given the
   * time after which brokers miss it.
   *
   * @param stopping counted down when the process is to end
   * @throws IllegalStateException if there is one; the message names it
   */
  void requireNone(CountDownLatch stopping) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    Optional<MemberDescription> other = find();
    while (other.isPresent()) {
      State state = stateOf(addressOf(other.get()));
      if (state == State.IS_GONE) {
        return; // its place in the group is this process's
      }
      if (state == State.RUNS || System.nanoTime() > until) {
        throw new IllegalStateException(line(other.get()));
      }
      LOG.info("Waiting to see whether {} still runs as {}", nameOf(other.get()), instanceId);
      if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("stopped while waiting for a process of the same name");
      }
      other = find();
    }
  }

  /** Why this process ends after another one took its place in the group. */
  String whoTookOver() {
    try {
      List<MemberDescription> all = ofThisName();
      return others(all)
          .findFirst()
          .or(() -> all.stream().findFirst()) // one that gives out the same address
          .map(this::line)
          .orElseGet(() -> "Another process took the name " + instanceId + " and is gone again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Another process took the name " + instanceId + ".";
    }
  }

  private String line(MemberDescription other) {
    return "Another process, "
        + nameOf(other)
        + ", runs as instance "
        + instanceId
        + " of group "
        + group
        + ", so this one, "
        + self
        + ", ends. Give each its own creditflow.instance.id and creditflow.state.dir.";
  }

  private Optional<MemberDescription> find() throws InterruptedException {
    return others(ofThisName()).findFirst();
  }

  /** What has this process's own address is what a former one left. */
  private Stream<MemberDescription> others(List<MemberDescription> all) {
    return all.stream().filter(member -> !self.equals(addressOf(member)));
  }

  /** None if Kafka does not say. */
  private List<MemberDescription> ofThisName() throws InterruptedException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .filter(member -> member.groupInstanceId().filter(this::isOfThisName).isPresent())
          .toList();
    } catch (ExecutionException noGroupYet) {
      LOG.debug("Group {} cannot be described", group, noGroupYet);
      return List.of();
    }
  }

  /** Kafka Streams numbers the threads of an instance. */
  private boolean isOfThisName(String groupInstanceId) {
    return groupInstanceId.startsWith(instanceId + "-")
        && groupInstanceId.substring(instanceId.length() + 1).matches("[0-9]+");
  }

  /** Null if it is not known. */
  private static String addressOf(MemberDescription member) {
    return StreamsClientId.addressIn(member.clientId());
  }

  private static String nameOf(MemberDescription member) {
    String address = addressOf(member);
    return (address == null ? member.clientId() : address) + " (host " + member.host() + ")";
  }

  private State stateOf(String address) throws InterruptedException {
    if (address == null) {
      return State.CANNOT_BE_TOLD;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/health/ready"))
              .timeout(ASK)
              .build();
      HttpResponse<byte[]> answer =
          HttpClient.newBuilder()
              .connectTimeout(ASK)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode said = Json.read(answer.body(), JsonNode.class);
      if (!instanceId.equals(said.path("instance").textValue())) {
        return State.IS_GONE; // somebody else listens there
      }
      return said.path("status").asText().equals(InstanceReadiness.STOPPING)
          ? State.CANNOT_BE_TOLD
          : State.RUNS;
    } catch (ConnectException refused) {
      return State.IS_GONE;
    } catch (IOException | IllegalArgumentException e) {
      return State.CANNOT_BE_TOLD;
    }
  }
}
