package io.creditflow.api.credit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.creditflow.answer.HistoryAnswer;
import io.creditflow.answer.HistoryRow;
import io.creditflow.api.http.Call;
import io.creditflow.api.http.Json;
import io.creditflow.api.http.Reply;
import io.creditflow.api.peer.Locator;
import io.creditflow.api.peer.PeerAwayException;
import io.creditflow.api.peer.PeerClient;
import io.creditflow.books.LocalBooks.Reading;
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
  public Optional<HistoryPage> historyPage(Call call, Question<HistoryAnswer> question) {
    int partition = locator.partitionOf(question.workspaceId());
    return locator.read(
        partition,
        () -> page(local.plain(partition, question)),
        address -> pageOf(address, ask(address, call, question, false)));
  }

  static Reading<Optional<HistoryPage>> page(Reading<Optional<HistoryAnswer>> reading) {
    return new Reading<>(
        reading.value().map(answer -> new HistoryPage(answer, reading.asOf())), reading.asOf());
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

  /** A history page as it travels between instances. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record HistoryBody(List<HistoryRow> items, boolean changed, String nextCursor, Instant asOf) {}

  private static Optional<HistoryPage> pageOf(String address, HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    if (answer.statusCode() != 200) {
      throw new PeerAwayException(address + " answered " + answer.statusCode());
    }
    try {
      HistoryBody body = Json.read(answer.body(), HistoryBody.class);
      return Optional.of(
          new HistoryPage(
              new HistoryAnswer(body.items(), body.changed(), body.nextCursor()), body.asOf()));
    } catch (IOException e) {
      throw new PeerAwayException(address + " answered something else: " + e.getMessage());
    }
  }
}
