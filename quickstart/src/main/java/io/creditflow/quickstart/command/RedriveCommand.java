package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.event.Rejection;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes rejected records again, once what ailed them is cured. */
@Command(
    name = "redrive",
    header = "publishes rejected records again",
    description =
        "Publishes the records of rejected-events again to the topics they came from: their bytes,"
            + " keys and own headers as they came, on the partition that Kafka's murmur2 gives"
            + " their key. Of copies of one record only the latest is sent, and only if it was not"
            + " sent since it was rejected; so running it twice counts nothing twice. A record's"
            + " age is judged at its new arrival: TOO_OLD ones need creditflow.backfill=true.")
final class RedriveCommand implements Callable<String> {
  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "only those rejected for this reason")
  private Rejection.Reason reason;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      converter = InputTopic.class,
      description = "only those that came from this topic")
  private String topic;

  @Option(names = "--workspace", paramLabel = "ID", description = "only those with this key")
  private String workspace;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      converter = InstantText.class,
      description = "only those rejected then or later (2026-01-31T08:00:00Z)")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      converter = InstantText.class,
      description = "only those rejected before")
  private Instant to;

  @Option(names = "--dry-run", description = "only says what would be sent")
  private boolean isDry;

  @Mixin private KafkaOptions kafka;

  @Override
  public String call() {
    Redrive.Filter filter =
        new Redrive.Filter(reason == null ? null : reason.name(), topic, workspace, from, to);
    try {
      Redrive redrive = new Redrive(kafka.withoutRegistry(), filter, System.err::println);
      return text(redrive.run(isDry), isDry);
    } catch (KafkaException | IllegalStateException e) {
      throw new CommandException("redriving broke off, run it again: " + e.getMessage());
    }
  }

  private static String text(Redrive.Outcome outcome, boolean isDry) {
    String reasons =
        outcome.sentByReason().entrySet().stream()
            .map(of -> "\n  %s %,d".formatted(of.getKey(), of.getValue()))
            .collect(Collectors.joining());
    return "%s %,d records%s\nleft out %,d sent since, %,d whose value was too large to be kept"
        .formatted(
            isDry ? "would send" : "sent",
            outcome.sent(),
            reasons,
            outcome.sentBefore(),
            outcome.withoutValue());
  }
}
