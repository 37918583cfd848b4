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

/**
 * Answers a query from local state, or forwards it to an instance that holds the partition and
 * relays the response of that instance.
 */
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
        address -> Optional.of(relayed(ask(address, request, query, false))));
  }

  @Override
  public <T> Optional<CsvReading> csv(Request request, CsvQuery<T> query) {
    int partition = locator.partitionOf(query.query().workspaceId());
    return locator.read(
        partition,
        () -> local.csv(partition, query),
        address -> csvOf(address, ask(address, request, query.query(), true)));
  }

  private HttpResponse<byte[]> ask(
      String address, Request request, WorkspaceQuery<?> query, boolean isExport) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", request.header("Authorization"));
    if (!isExport && request.header("If-None-Match") != null) {
      headers.put("If-None-Match", request.header("If-None-Match"));
    }
    // An export as a whole has no deadline; the request for each part has the peer timeout.
    long millis = isExport ? Long.MAX_VALUE : request.millisLeft();
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

  /** The JSON body in which an instance sends another one part of a CSV export. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CsvBody(String lines, String nextCursor, Instant asOf) {}

  /** The JSON body of a 400 response from another instance. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record BadRequestBody(List<BadParameter> errors) {}

  private static Optional<CsvReading> csvOf(String address, HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    try {
      if (answer.statusCode() == 400) {
        throw Problem.badParameters(Json.read(answer.body(), BadRequestBody.class).errors())
            .exception();
      }
      if (answer.statusCode() != 200) {
        throw new PeerUnavailableException(address + " answered " + answer.statusCode());
      }
      CsvBody body = Json.read(answer.body(), CsvBody.class);
      return Optional.of(new CsvReading(new CsvPart(body.lines(), body.nextCursor()), body.asOf()));
    } catch (IOException e) {
      throw new PeerUnavailableException(
          address + " sent a response that cannot be parsed: " + e.getMessage());
    }
  }
}
