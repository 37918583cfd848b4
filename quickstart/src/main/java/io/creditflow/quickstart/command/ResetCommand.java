package io.creditflow.quickstart.command;

import io.creditflow.api.commandline.CommandException;
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
 * Deletes the consumer group and changelog of an application id, so that its instances process all
 * events again from the beginning.
 */
@Command(
    name = "reset",
    header = "deletes an application id's state in Kafka, to count everything again",
    description =
        "Deletes an application id's consumer group and changelog. Its instances must be stopped;"
            + " after a restart they count everything from the beginning of the input topics. The"
            + " input topics, credit-alerts and rejected-events are not changed, so after the"
            + " replay rejected-events has each rejection twice. Delete the instances' state"
            + " directories, too, except the files instance.id.")
final class ResetCommand implements Callable<String> {
  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description =
          "the application id; without this option, that of --config or"
              + " CREDITFLOW_APPLICATION_ID (creditflow)")
  private String applicationId;

  @Option(
      names = "--yes",
      description = "deletes; without this option, the command only prints what it would delete")
  private boolean isConfirmed;

  @Mixin private KafkaOptions kafka;

  @Override
  public String call() {
    KafkaTarget target = kafka.withoutRegistry();
    Map<String, Object> config =
        target.admin(Map.of("default.api.timeout.ms", 20_000, "request.timeout.ms", 10_000));
    try (Admin admin = Admin.create(config)) {
      return reset(admin, applicationId == null ? target.applicationId() : applicationId);
    } catch (ExecutionException e) {
      throw new CommandException(
          "Kafka at " + target.bootstrapServers() + " refuses: " + e.getCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  private String reset(Admin admin, String id) throws ExecutionException, InterruptedException {
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
    } else if (!isConfirmed) {
      return "would delete " + String.join(" and ", things) + "; add --yes to delete";
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

  /** Whether the topic exists. */
  private static boolean hasTopic(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get().contains(topic);
  }
}
