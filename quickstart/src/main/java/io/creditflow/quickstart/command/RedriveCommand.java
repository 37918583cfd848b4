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

/** Publishes rejected records again, after the cause of their rejection has been fixed. */
@Command(
    name = "redrive",
    header = "publishes rejected records again",
    description =
        "Publishes the records of rejected-events again to their original topics, with their"
            + " original keys, values and headers, on the partition that Kafka's murmur2 hash gives"
            + " for the key. If a record was rejected several times, only its latest copy is sent,"
            + " and none if the record was already sent again since its first rejection. So it is"
            + " safe to run the command twice. The age limit applies to the new arrival: TOO_OLD"
            + " records are rejected again unless the instances run with creditflow.backfill=true.")
final class RedriveCommand implements Callable<String> {
  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "only records rejected for this reason")
  private Rejection.Reason reason;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      converter = InputTopic.class,
      description = "only records from this topic")
  private String topic;

  @Option(names = "--workspace", paramLabel = "ID", description = "only records with this key")
  private String workspace;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      converter = InstantText.class,
      description = "only records rejected at this time or later (2026-01-31T08:00:00Z)")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      converter = InstantText.class,
      description = "only records rejected before this time")
  private Instant to;

  @Option(names = "--dry-run", description = "sends nothing, only prints what would be sent")
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
      throw new CommandException("redriving failed, run it again: " + e.getMessage());
    }
  }

  private static String text(Redrive.RedriveResult result, boolean isDry) {
    String reasons =
        result.sentByReason().entrySet().stream()
            .map(of -> "\n  %s %,d".formatted(of.getKey(), of.getValue()))
            .collect(Collectors.joining());
    return "%s %,d records%s\nleft out %,d sent since, %,d whose value was too large to be kept"
        .formatted(
            isDry ? "would send" : "sent",
            result.sent(),
            reasons,
            result.sentBefore(),
            result.withoutValue());
  }
}
