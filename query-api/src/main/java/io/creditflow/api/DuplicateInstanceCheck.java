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
 * Detects another process that runs under the same instance id. Kafka admits one group member per
 * {@code group.instance.id} and fences the earlier one, so two such processes would fence each
 * other repeatedly. Therefore the process that starts later ends before it joins the group. A
 * process that is fenced also ends.
 */
final class DuplicateInstanceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DuplicateInstanceCheck.class);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than brokers keep a member that sends no heartbeat ({@code session.timeout.ms}). */
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  private final Admin admin;
  private final String group;
  private final String instanceId;
  private final String self;

  /**
   * @param self the address at which other instances reach this one, {@code host:port}
   */
  DuplicateInstanceCheck(Admin admin, String group, String instanceId, String self) {
    this.admin = admin;
    this.group = group;
    this.instanceId = instanceId;
    this.self = self;
  }

  private enum State {
    RUNNING,
    GONE,
    UNKNOWN
  }

  /**
   * Requires that no other running process has this instance id. If the group has such a member but
   * it is unknown whether its process runs, waits until brokers would have removed it.
   *
   * @param stopping counted down when this process is to end
   * @throws IllegalStateException if there is such a process; the message has its address
   */
  void requireNone(CountDownLatch stopping) throws InterruptedException {
    long until = System.nanoTime() + WAIT_MAX.toNanos();
    Optional<MemberDescription> other = find();
    while (other.isPresent()) {
      State state = stateOf(addressOf(other.get()));
      if (state == State.GONE) {
        return; // this process replaces the dead member
      }
      if (state == State.RUNNING || System.nanoTime() > until) {
        throw new IllegalStateException(line(other.get()));
      }
      LOG.info("Checking whether {} still runs as instance {}", nameOf(other.get()), instanceId);
      if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("stopped while waiting for a process of the same name");
      }
      other = find();
    }
  }

  /** The reason for ending after another process has replaced this one in the group. */
  String whoTookOver() {
    try {
      List<MemberDescription> all = withThisId();
      return others(all)
          .findFirst()
          .or(() -> all.stream().findFirst()) // a process that advertises the same address
          .map(this::line)
          .orElseGet(() -> "Another process joined as instance " + instanceId + " and has left.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Another process joined as instance " + instanceId + ".";
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
    return others(withThisId()).findFirst();
  }

  /** Excludes members with this process's own address, which its previous run left behind. */
  private Stream<MemberDescription> others(List<MemberDescription> all) {
    return all.stream().filter(member -> !self.equals(addressOf(member)));
  }

  /** The members with this instance id; empty if Kafka cannot describe the group. */
  private List<MemberDescription> withThisId() throws InterruptedException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .filter(member -> member.groupInstanceId().filter(this::hasThisId).isPresent())
          .toList();
    } catch (ExecutionException noGroupYet) {
      LOG.debug("Group {} cannot be described", group, noGroupYet);
      return List.of();
    }
  }

  /** Whether a {@code group.instance.id} is this instance id and the number of a stream thread. */
  private boolean hasThisId(String groupInstanceId) {
    return groupInstanceId.startsWith(instanceId + "-")
        && groupInstanceId.substring(instanceId.length() + 1).matches("[0-9]+");
  }

  /** The {@code host:port} that the member advertises; null if it is not known. */
  private static String addressOf(MemberDescription member) {
    return StreamsClientId.addressIn(member.clientId());
  }

  private static String nameOf(MemberDescription member) {
    String address = addressOf(member);
    return (address == null ? member.clientId() : address) + " (host " + member.host() + ")";
  }

  private State stateOf(String address) throws InterruptedException {
    if (address == null) {
      return State.UNKNOWN;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + "/health/ready"))
              .timeout(REQUEST_TIMEOUT)
              .build();
      HttpResponse<byte[]> answer =
          HttpClient.newBuilder()
              .connectTimeout(REQUEST_TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode report = Json.read(answer.body(), JsonNode.class);
      if (!instanceId.equals(report.path("instance").textValue())) {
        return State.GONE; // another program uses the address
      }
      return report.path("status").asText().equals(InstanceReadiness.STOPPING)
          ? State.UNKNOWN
          : State.RUNNING;
    } catch (ConnectException refused) {
      return State.GONE;
    } catch (IOException | IllegalArgumentException e) {
      return State.UNKNOWN;
    }
  }
}
