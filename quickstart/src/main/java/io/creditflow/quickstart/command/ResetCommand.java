package io.creditflow.quickstart.command;

import io.creditflow.api.configuration.Settings;
import io.creditflow.streams.CreditTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Deletes what an application id keeps in Kafka, so that it counts everything from the beginning.
 */
final class ResetCommand {
  private static final String APPLICATION = "--application-id";
  private static final String HELP =
      """
      Usage: bin/creditflow reset [--application-id ID] [--yes] [OPTION]...

      Deletes an application id's consumer group and changelog. Its instances must be stopped;
      started again they count everything from the beginning of the input topics. Input topics,
      credit-alerts and rejected-events are not touched: what was rejected once is there twice after
      a replay. Delete the instances' state directories, too, but for instance.id.

        --application-id ID            whose (creditflow)
        --yes                          do it; without, it is only told what would be done
      """
          + KafkaTarget.HELP;

  private ResetCommand() {}

  static String run(List<String> given) {
    boolean isMeant = given.contains("--yes");
    Arguments arguments =
        new Arguments(
            given.stream().filter(argument -> !argument.equals("--yes")).toList(),
            Arguments.options(KafkaTarget.KAFKA_OPTIONS, APPLICATION));
    if (arguments.help()) {
      return HELP;
    }
    if (!arguments.words().isEmpty()) {
      throw new CommandException("reset takes no " + arguments.words() + "; see --help");
    }
    String id = arguments.option(APPLICATION).orElse(Settings.APPLICATION_ID.defaultText());
    KafkaTarget target = KafkaTarget.ofKafka(arguments);
    Map<String, Object> config =
        target.admin(Map.of("default.api.timeout.ms", 20_000, "request.timeout.ms", 10_000));
    try (Admin admin = Admin.create(config)) {
      return reset(admin, id, isMeant);
    } catch (ExecutionException e) {
      throw new CommandException(
          "Kafka at " + target.bootstrapServers() + " refuses: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  private static String reset(Admin admin, String id, boolean isMeant)
      throws ExecutionException, InterruptedException {
    boolean hasGroup = hasGroup(admin, id);
    if (hasGroup) {
      requireStopped(admin, id);
    }
    String changelog = id + "-" + CreditTopology.STATE_STORE + "-changelog";
    boolean hasTopic = hasTopic(admin, changelog);
    List<String> things = new ArrayList<>();
    if (hasGroup) {
      things.add("group " + id);
    }
    if (hasTopic) {
      things.add("topic " + changelog);
    }
    if (things.isEmpty()) {
      return "nothing to delete: Kafka knows no application id " + id;
    } else if (!isMeant) {
      return "would delete " + String.join(" and ", things) + "; say --yes to do it";
    }
    if (hasGroup) {
      admin.deleteConsumerGroups(List.of(id)).all().get();
    }
    if (hasTopic) {
      admin.deleteTopics(List.of(changelog)).all().get();
    }
    return "deleted " + String.join(" and ", things) + "; now delete the state directories";
  }

  private static boolean hasGroup(Admin admin, String id)
      throws ExecutionException, InterruptedException {
    return admin.listGroups().all().get().stream().map(GroupListing::groupId).anyMatch(id::equals);
  }

  private static void requireStopped(Admin admin, String id)
      throws ExecutionException, InterruptedException {
    try {
      List<String> members =
          admin.describeConsumerGroups(List.of(id)).all().get().get(id).members().stream()
              .map(member -> member.groupInstanceId().orElse(member.clientId()))
              .toList();
      if (!members.isEmpty()) {
        throw new CommandException(
            id
                + " still has members "
                + members
                + "; stop its instances and wait for the session timeout, 6 s");
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }

  /** Kafka Streams names it after the application id and the one store that is logged. */
  private static boolean hasTopic(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().contains(topic);
  }
}
