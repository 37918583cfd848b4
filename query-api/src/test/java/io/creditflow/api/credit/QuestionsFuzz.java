package io.creditflow.api.credit;

import io.creditflow.answer.InvalidQueryException;
import io.creditflow.api.fixture.MemoryBooks;
import io.creditflow.api.http.Parameters;
import io.creditflow.api.http.ProblemException;
import io.creditflow.events.LeadSource;
import io.creditflow.schemas.Partitioning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * A target for Jazzer (bin/fuzz): whatever stands after a question mark is answered, or refused as
 * the caller's fault. The first byte chooses the question; from 0x80 on the rest is the inside of a
 * cursor, else the whole query.
 */
public final class QuestionsFuzz {
  private static final String WORKSPACE = "acme";
  private static final int PARTITION = Partitioning.partitionOf(WORKSPACE, MemoryBooks.PARTITIONS);
  private static final MemoryBooks BOOKS = books();

  private QuestionsFuzz() {}

  /** Called by Jazzer and by the replay of the corpus. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    String query =
        input[0] < 0
            ? "limit=2&cursor=" + Base64.getUrlEncoder().withoutPadding().encodeToString(rest)
            : new String(rest, StandardCharsets.ISO_8859_1);
    try {
      Parameters parameters = Parameters.of(query);
      Question<?> question = question(input[0] & 0x7, parameters);
      String encoded = parameters.encoded();
      if (!encoded.isEmpty() && !Parameters.of(encoded.substring(1)).encoded().equals(encoded)) {
        throw new IllegalStateException("handed on as another question: " + encoded);
      }
      if (!isAnswered(question)) {
        throw new IllegalStateException("no answer to " + query);
      }
    } catch (ProblemException | InvalidQueryException refused) {
      if (refused.getMessage() == null || refused.getMessage().isBlank()) {
        throw new IllegalStateException("refused without a word: " + query, refused);
      }
    }
  }

  private static Question<?> question(int which, Parameters parameters) {
    return switch (which) {
      case 0 -> Questions.credits(WORKSPACE, parameters);
      case 1 -> Questions.trends(WORKSPACE, parameters);
      case 2 -> Questions.campaigns(WORKSPACE, parameters);
      case 3 -> Questions.alerts(WORKSPACE, parameters);
      case 4 -> Questions.campaign(WORKSPACE, "c1", parameters);
      case 6 -> Questions.preview(WORKSPACE, parameters);
      case 5 -> Questions.wholeHistory(WORKSPACE, parameters).parts().after(null).question();
      default -> Questions.history(WORKSPACE, parameters);
    };
  }

  private static <T> boolean isAnswered(Question<T> question) {
    return BOOKS.read(PARTITION, question.ask()).value().isPresent();
  }

  private static MemoryBooks books() {
    Instant now = Instant.now();
    MemoryBooks books =
        new MemoryBooks()
            .workspace(WORKSPACE, "Acme", "America/New_York")
            .grant(WORKSPACE, "g1", 5, now.minusSeconds(90_000), null);
    for (int i = 0; i < 12; i++) {
      books.campaign(WORKSPACE, "c" + i, "Campaign " + i, LeadSource.CSV);
      books.lead(WORKSPACE, "c" + i, now.minusSeconds(i * 3_000L));
    }
    return books;
  }
}
