package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.creditflow.api.http.Json;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Problem.BadParameter;
import io.creditflow.api.http.Request;
import io.creditflow.api.http.Response;
import io.creditflow.api.peer.PartitionLocator;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.api.peer.PeerUnavailableException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from the state here, or hands on what the instance that holds it answers. */
public final class RoutingQueryExecutor implements QueryExecutor {
  private final PartitionLocator locator;
  private final LocalResponses local;
  private final PeerClient peers;

  public RoutingQueryExecutor(PartitionLocator locator, LocalResponses local, PeerClient peers) {
    this.locator = locator;
    this.local = local;
    this.peers = peers;
  }

  @Override
  public <T> Optional<Response> execute(Request request, WorkspaceQuery<T> query) {
    int partition = locator.partitionOf(query.workspaceId());
    return locator.read(
        partition,
        () -> local.rendered(partition, query),
        address -> Optional.of(relayed(ask(address, request, query, true))));
  }

  @Override
  public <T> Optional<CsvReading> csv(Request request, CsvQuery<T> query) {
    int partition = locator.partitionOf(query.query().workspaceId());
    return locator.read(
        partition,
        () -> local.csv(partition, query),
        address -> csvOf(address, ask(address, request, query.query(), false)));
  }

  private HttpResponse<byte[]> ask(
      String address, Request request, WorkspaceQuery<?> query, boolean isConditional) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", request.header("Authorization"));
    if (isConditional && request.header("If-None-Match") != null) {
      headers.put("If-None-Match", request.header("If-None-Match"));
    }
    // an export may go on for long, page after page; each page still has the peer timeout
    long millis = isConditional ? request.millisLeft() : Long.MAX_VALUE;
    return peers.get(address, query.path(), headers, millis);
  }

  private static Response relayed(HttpResponse<byte[]> answer) {
    return new Response.Relayed(
        answer.statusCode(),
        answer.body(),
        answer.headers().firstValue("Content-Type").orElse(Json.MEDIA_TYPE),
        answer.headers().firstValue("ETag").orElse(null),
        answer.headers().firstValue("Creditflow-As-Of").orElse(null));
  }

  /** A part of a CSV as it travels between instances. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CsvBody(String lines, String nextCursor, Instant asOf) {}

  /** A refusal as it travels between instances. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Refusal(List<BadParameter> errors) {}

  private static Optional<CsvReading> csvOf(String address, HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    try {
      if (answer.statusCode() == 400) {
        throw Problem.badParameters(Json.read(answer.body(), Refusal.class).errors()).exception();
      }
      if (answer.statusCode() != 200) {
        throw new PeerUnavailableException(address + " answered " + answer.statusCode());
      }
      CsvBody body = Json.read(answer.body(), CsvBody.class);
      return Optional.of(new CsvReading(new CsvPart(body.lines(), body.nextCursor()), body.asOf()));
    } catch (IOException e) {
      throw new PeerUnavailableException(address + " answered something else: " + e.getMessage());
    }
  }
}
