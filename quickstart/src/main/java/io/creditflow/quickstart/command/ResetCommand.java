package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.configuration.Settings;
import io.creditflow.streams.CreditTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Deletes what an application id keeps in Kafka, so that it counts everything from the beginning.
 */
@Command(
    name = "reset",
    header = "forgets what an application id has counted, to count it again",
    description =
        "Deletes an application id's consumer group and changelog. Its instances must be stopped;"
            + " started again they count everything from the beginning of the input topics. Input"
            + " topics, credit-alerts and rejected-events are not touched: what was rejected once"
            + " is there twice after a replay. Delete the instances' state directories, too, but"
            + " for instance.id.")
final class ResetCommand implements Callable<String> {
  @Option(names = "--application-id", paramLabel = "ID", description = "whose (creditflow)")
  private String id = Settings.APPLICATION_ID.defaultText();

  @Option(names = "--yes", description = "do it; without, it is only told what would be done")
  private boolean isMeant;

  @Mixin private KafkaOptions kafka;

  @Override
  public String call() {
    KafkaTarget target = kafka.withoutRegistry();
    Map<String, Object> config =
        target.admin(Map.of("default.api.timeout.ms", 20_000, "request.timeout.ms", 10_000));
    try (Admin admin = Admin.create(config)) {
      return reset(admin);
    } catch (ExecutionException e) {
      throw new CommandException(
          "Kafka at " + target.bootstrapServers() + " refuses: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  private String reset(Admin admin) throws ExecutionException, InterruptedException {
    boolean hasGroup = hasGroup(admin);
    if (hasGroup) {
      requireStopped(admin);
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

  private boolean hasGroup(Admin admin) throws ExecutionException, InterruptedException {
    return admin.listGroups().all().get().stream().map(GroupListing::groupId).anyMatch(id::equals);
  }

  private void requireStopped(Admin admin) throws ExecutionException, InterruptedException {
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
