package io.creditflow.api.credit;

import io.creditflow.api.fixture.InMemoryLocalState;
import io.creditflow.api.http.ProblemException;
import io.creditflow.api.http.RequestParameters;
import io.creditflow.events.LeadSource;
import io.creditflow.query.InvalidQueryException;
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
public final class QueryParserFuzz {
  private static final String WORKSPACE = "acme";
  private static final int PARTITION =
      Partitioning.partitionOf(WORKSPACE, InMemoryLocalState.PARTITIONS);
  private static final InMemoryLocalState STATE = state();

  private QueryParserFuzz() {}

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
      RequestParameters parameters = RequestParameters.of(query);
      WorkspaceQuery<?> parsed = question(input[0] & 0x7, parameters);
      String encoded = parameters.encoded();
      if (!encoded.isEmpty()
          && !RequestParameters.of(encoded.substring(1)).encoded().equals(encoded)) {
        throw new IllegalStateException("handed on as another question: " + encoded);
      }
      if (!isAnswered(parsed)) {
        throw new IllegalStateException("no answer to " + query);
      }
    } catch (ProblemException | InvalidQueryException refused) {
      if (refused.getMessage() == null || refused.getMessage().isBlank()) {
        throw new IllegalStateException("refused without a word: " + query, refused);
      }
    }
  }

  private static WorkspaceQuery<?> question(int which, RequestParameters parameters) {
    return switch (which) {
      case 0 -> QueryParser.credits(WORKSPACE, parameters);
      case 1 -> QueryParser.trends(WORKSPACE, parameters);
      case 2 -> QueryParser.campaigns(WORKSPACE, parameters);
      case 3 -> QueryParser.alerts(WORKSPACE, parameters);
      case 4 -> QueryParser.campaign(WORKSPACE, "c1", parameters);
      case 6 -> QueryParser.preview(WORKSPACE, parameters);
      case 5 -> QueryParser.wholeHistory(WORKSPACE, parameters).parts().after(null).query();
      default -> QueryParser.history(WORKSPACE, parameters);
    };
  }

  private static <T> boolean isAnswered(WorkspaceQuery<T> parsed) {
    return STATE.read(PARTITION, parsed.ask()).value().isPresent();
  }

  private static InMemoryLocalState state() {
    Instant now = Instant.now();
    InMemoryLocalState localState =
        new InMemoryLocalState()
            .workspace(WORKSPACE, "Acme", "America/New_York")
            .grant(WORKSPACE, "g1", 5, now.minusSeconds(90_000), null);
    for (int i = 0; i < 12; i++) {
      localState.campaign(WORKSPACE, "c" + i, "Campaign " + i, LeadSource.CSV);
      localState.lead(WORKSPACE, "c" + i, now.minusSeconds(i * 3_000L));
    }
    return localState;
  }
}
