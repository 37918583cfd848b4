package io.creditflow.quickstart.command;

import io.creditflow.event.Rejection;
import io.creditflow.schemas.Topics;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Publishes rejected records again, once what ailed them is cured. */
final class RedriveCommand {
  private static final String REASON = "--reason";
  private static final String TOPIC = "--topic";
  private static final String WORKSPACE = "--workspace";
  private static final String FROM = "--from";
  private static final String TO = "--to";
  private static final String DRY_RUN = "--dry-run";
  private static final String HELP =
      """
      Usage: bin/creditflow redrive [OPTION]...

      Publishes the records of rejected-events again to the topics they came from: their bytes, keys
      and own headers as they came, on the partition that Kafka's murmur2 gives their key. Of copies
      of one record only the latest is sent, and only if it was not sent since it was rejected; so
      running it twice counts nothing twice. A record's age is judged at its new arrival: TOO_OLD
      ones need creditflow.backfill=true.

        --reason REASON                only those rejected for this reason
        --topic TOPIC                  only those that came from this topic
        --workspace ID                 only those with this key
        --from INSTANT                 only those rejected then or later (2026-01-31T08:00:00Z)
        --to INSTANT                   only those rejected before
        --dry-run                      only says what would be sent
      """
          + KafkaTarget.HELP;

  private RedriveCommand() {}

  static String run(List<String> given) {
    boolean isDry = given.contains(DRY_RUN);
    Arguments arguments =
        new Arguments(
                given.stream().filter(argument -> !argument.equals(DRY_RUN)).toList(),
                Arguments.options(KafkaTarget.KAFKA_OPTIONS, REASON, TOPIC, WORKSPACE, FROM, TO))
            .withoutWords();
    if (arguments.help()) {
      return HELP;
    }
    Redrive.Filter filter =
        new Redrive.Filter(
            oneOf(arguments, REASON, names(Rejection.Reason.values())),
            oneOf(arguments, TOPIC, Topics.INPUTS),
            arguments.option(WORKSPACE).orElse(null),
            instant(arguments, FROM),
            instant(arguments, TO));
    try {
      Redrive redrive = new Redrive(KafkaTarget.ofKafka(arguments), filter, System.err::println);
      return text(redrive.run(isDry), isDry);
    } catch (KafkaException | IllegalStateException e) {
      throw new CommandException("redriving broke off, run it again: " + e.getMessage());
    }
  }

  private static List<String> names(Rejection.Reason[] reasons) {
    return Arrays.stream(reasons).map(Enum::name).toList();
  }

  private static String oneOf(Arguments arguments, String option, List<String> known) {
    String value = arguments.option(option).orElse(null);
    if (value != null && !known.contains(value)) {
      throw new CommandException(option + " is one of " + String.join(", ", known));
    }
    return value;
  }

  private static Instant instant(Arguments arguments, String option) {
    try {
      return arguments.option(option).map(Instant::parse).orElse(null);
    } catch (DateTimeParseException e) {
      throw new CommandException(option + " is an instant like 2026-01-31T08:00:00Z");
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
