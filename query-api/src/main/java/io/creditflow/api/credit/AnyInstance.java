package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.Json;
import io.creditflow.api.http.Problem;
import io.creditflow.api.http.Problem.BadParameter;
import io.creditflow.api.http.Reply;
import io.creditflow.api.peer.Locator;
import io.creditflow.api.peer.PeerAwayException;
import io.creditflow.api.peer.PeerClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from the books here, or hands on what the instance that holds them answers. */
public final class AnyInstance implements Answerer {
  private final Locator locator;
  private final LocalAnswers local;
  private final PeerClient peers;

  public AnyInstance(Locator locator, LocalAnswers local, PeerClient peers) {
    this.locator = locator;
    this.local = local;
    this.peers = peers;
  }

  @Override
  public <T> Optional<Reply> answer(Call call, Question<T> question) {
    int partition = locator.partitionOf(question.workspaceId());
    return locator.read(
        partition,
        () -> local.rendered(partition, question),
        address -> Optional.of(relayed(ask(address, call, question, true))));
  }

  @Override
  public <T> Optional<CsvReading> csv(Call call, CsvQuestion<T> question) {
    int partition = locator.partitionOf(question.question().workspaceId());
    return locator.read(
        partition,
        () -> local.csv(partition, question),
        address -> csvOf(address, ask(address, call, question.question(), false)));
  }

  private HttpResponse<byte[]> ask(
      String address, Call call, Question<?> question, boolean isConditional) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", call.header("Authorization"));
    if (isConditional && call.header("If-None-Match") != null) {
      headers.put("If-None-Match", call.header("If-None-Match"));
    }
    // an export may go on for long, page after page; each page still has the peer timeout
    long millis = isConditional ? call.millisLeft() : Long.MAX_VALUE;
    return peers.get(address, question.path(), headers, millis);
  }

  private static Reply relayed(HttpResponse<byte[]> answer) {
    return new Reply.Relayed(
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
        throw new PeerAwayException(address + " answered " + answer.statusCode());
      }
      CsvBody body = Json.read(answer.body(), CsvBody.class);
      return Optional.of(new CsvReading(new CsvPart(body.lines(), body.nextCursor()), body.asOf()));
    } catch (IOException e) {
      throw new PeerAwayException(address + " answered something else: " + e.getMessage());
    }
  }
}
