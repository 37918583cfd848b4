package io.creditflow.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.ops.DrainEndpoint;
import io.creditflow.api.peer.PeerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an instance hand over its partitions and end. */
@Command(
    name = "drain",
    header = "makes an instance hand over its partitions and end",
    description = {
      "Makes an instance hand over its partitions to the others at once, and end. It serves"
          + " requests until it ends. To stop an instance that will be restarted, send SIGTERM"
          + " instead: the group then reserves its partitions for it.",
      "Run it on the instance's machine, or with the instances' creditflow.peer.secret in the"
          + " variable CREDITFLOW_PEER_SECRET."
    })
final class DrainCommand implements Callable<String> {
  private static final String INSTANCE = "--instance";
  private static final String SECRET_VARIABLE = "CREDITFLOW_PEER_SECRET";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = INSTANCE,
      paramLabel = "URL",
      required = true,
      description =
          "its management address, for example http://127.0.0.1:8090, or its public address if the"
              + " management port is on the same host")
  private String url;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  @Override
  public String call() {
    try {
      return drain(address(url));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted; the instance continues to drain");
    }
  }

  private static URI address(String url) {
    try {
      URI given = URI.create(url);
      if (Set.of("http", "https").contains(String.valueOf(given.getScheme()))
          && given.getHost() != null) {
        return given;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new CommandException(INSTANCE + " is a URL like http://127.0.0.1:8090");
  }

  private String drain(URI given) throws InterruptedException {
    JsonNode ready = health(given).orElseThrow(() -> cannotBeReached(given));
    String address = ready.path("address").asText();
    int port = URI.create("http://" + address).getPort();
    URI management =
        port < 0 ? given : URI.create(given.getScheme() + "://" + given.getHost() + ":" + port);
    requestDrain(management);
    String name = ready.path("instance").asText();
    System.err.printf(
        "draining %s (%s) of %d partitions%n",
        name, address, ready.path("partitionsOwned").asInt());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (health(management).isPresent()) {
      if (System.nanoTime() > until) {
        throw new CommandException(
            name + " still runs after " + PATIENCE.toSeconds() + " s; see its log");
      }
      Thread.sleep(200);
    }
    return name + " has handed over and ended";
  }

  private void requestDrain(URI management) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(management.resolve(DrainEndpoint.PATH))
            .timeout(TIMEOUT)
            .POST(BodyPublishers.noBody());
    Optional.ofNullable(System.getenv(SECRET_VARIABLE))
        .ifPresent(secret -> request.header(PeerClient.SECRET_HEADER, secret));
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new CommandException(
            management + " refuses: " + JSON.readTree(answer.body()).path("detail").asText());
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(management + " is not an instance of Creditflow");
    } catch (IOException e) {
      throw cannotBeReached(management);
    }
  }

  private static CommandException cannotBeReached(URI address) {
    return new CommandException(
        "no instance answers at " + address + "; an instance logs its ports when it starts");
  }

  /** The body of {@code /health/ready}; empty if no instance answers. */
  private Optional<JsonNode> health(URI at) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(at.resolve("/health/ready")).timeout(TIMEOUT).GET().build();
    try {
      String body = client.send(request, BodyHandlers.ofString()).body();
      return Optional.of(JSON.readTree(body)).filter(node -> node.has("instance"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
