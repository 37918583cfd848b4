package io.creditflow.audit;

import io.creditflow.api.commandline.CommandException;
import io.creditflow.api.commandline.CommandRunner;
import io.creditflow.api.commandline.StandardOptions;
import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.configuration.EffectivePrice;
import io.creditflow.api.configuration.Setting;
import io.creditflow.api.configuration.Settings;
import io.creditflow.quickstart.command.RunningQuickstart;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.RegistryConfig;
import io.creditflow.testkit.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code bin/audit} runs. */
@Command(
    name = "audit",
    exitCodeOnInvalidInput = AuditCommand.EXIT_CANNOT,
    exitCodeOnExecutionException = AuditCommand.EXIT_CANNOT,
    description = {
      "Recounts a running system from its input topics and rejected-events alone, and compares what"
          + " comes out with what its API answers, workspace by workspace. Each reason on"
          + " rejected-events is checked. Ends with drift=N, the number of differences; exit code 1"
          + " unless it is 0.",
      ""
    },
    footer = {
      "",
      "CREDITFLOW_ variables are read as the system itself reads them. Instances with an application"
          + " id of their own are audited with CREDITFLOW_APPLICATION_ID set to it.",
      "",
      "With --last the topics are read from that time on. It finds records of that time that neither"
          + " count nor are rejected, that count twice or at a wrong price, rows dated in it that"
          + " have no record, balances that do not follow from one row to the next, hours whose sum"
          + " is not that of their rows, grants that lack or differ. It takes on trust what arrived"
          + " before: the balance at the start, whether a CONFLICT or an UNMATCHED is just whose"
          + " other record is older, reversals of older usage, and campaigns' totals."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final int EXIT_DRIFT = 1;
  static final int EXIT_CANNOT = 2;

  /** Longer than events may be dated ahead. */
  private static final Duration LAST_MIN = Duration.ofMinutes(10);

  /** Touches 14 days, for which trends are served by the hour. */
  private static final Duration LAST_MAX = Duration.ofDays(13);

  @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...", description = "the brokers")
  private String bootstrapServers;

  @Option(names = "--registry", paramLabel = "URL", description = "the schema registry")
  private String registryUrl;

  @Option(names = "--api", paramLabel = "URL", description = "any instance's public address")
  private String apiUrl;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "with credits:read on every workspace")
  private String token;

  @Mixin private RunningQuickstart quickstart;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the system's own properties file: its accepted age, its prices, its security settings")
  private Path file;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "checks only what arrived in so long (6h, 90m; 10m to 312h): see below")
  private String last;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "which instants and campaigns are looked at out of many")
  private long seed = System.nanoTime();

  @Mixin StandardOptions standard;

  private AuditCommand() {}

  public static void main(String[] given) {
    System.exit(CommandRunner.run(new AuditCommand(), given));
  }

  @Override
  public Integer call() {
    try {
      return audit(configuration());
    } catch (ConfigurationException e) {
      throw new CommandException(e.getMessage());
    } catch (CommandException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CommandException("could not look at everything: " + e.getMessage());
    }
  }

  private Configuration configuration() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    given(environment, Settings.KAFKA_BOOTSTRAP_SERVERS, bootstrapServers);
    given(environment, Settings.REGISTRY_URL, registryUrl);
    if (file == null) {
      environment.computeIfAbsent(
          Settings.KAFKA_BOOTSTRAP_SERVERS.variable(),
          name -> quickstart.addresses().bootstrapServers());
      environment.computeIfAbsent(
          Settings.REGISTRY_URL.variable(), name -> quickstart.addresses().schemaRegistryUrl());
    }
    environment.putIfAbsent(Settings.AUTH_JWKS.variable(), "unused");
    return ConfigurationReader.read(file, environment);
  }

  private int audit(Configuration configuration) {
    ApiClient api =
        new ApiClient(
            apiUrl == null ? quickstart.addresses().apiUrl() : apiUrl,
            token == null ? quickstart.addresses().token() : token);
    try (Audit audit =
        new Audit(
            ClientProperties.consumer(configuration, "creditflow-audit"),
            configuration.get(Settings.APPLICATION_ID),
            new HttpSchemaRegistry(RegistryConfig.from(ClientProperties.registry(configuration))),
            api,
            rules(configuration),
            configuration.get(Settings.RECORD_BYTES),
            Optional.ofNullable(last).map(AuditCommand::last),
            seed)) {
      Audit.Report report = audit.run(System.out::println);
      long again = report.count(Finding.Kind.REJECTED_AGAIN);
      if (again > 0) {
        System.out.printf(
            "%,d records were rejected again: their partition was read again from an earlier"
                + " state or from its beginning%n",
            again);
      }
      System.out.println("drift=" + report.drift());
      return report.drift() == 0 ? 0 : EXIT_DRIFT;
    }
  }

  private static Duration last(String text) {
    try {
      Duration last = Duration.parse("PT" + text);
      if (last.compareTo(LAST_MIN) >= 0 && last.compareTo(LAST_MAX) <= 0) {
        return last;
      }
    } catch (DateTimeParseException e) {
      // Reported below like any other that will not do.
    }
    throw new CommandException(
        "--last must be a duration such as 6h or 90m, from 10m to 312h, not " + text);
  }

  private static ReferenceRules rules(Configuration configuration) {
    List<ReferenceRules.Price> prices = new ArrayList<>();
    for (EffectivePrice price : configuration.get(Settings.PRICE_LEAD)) {
      prices.add(
          new ReferenceRules.Price(
              ReferenceRules.Charged.LEAD_SOURCED, price.from(), price.credits()));
    }
    for (EffectivePrice price : configuration.get(Settings.PRICE_PHONE)) {
      prices.add(
          new ReferenceRules.Price(
              ReferenceRules.Charged.PHONE_REVEALED, price.from(), price.credits()));
    }
    return new ReferenceRules(
        configuration.get(Settings.BACKFILL) ? null : configuration.get(Settings.ACCEPTED_AGE),
        configuration.get(Settings.ACCEPTED_FUTURE),
        prices);
  }

  private static void given(Map<String, String> environment, Setting<?> setting, String value) {
    if (value != null) {
      environment.put(setting.variable(), value);
    }
  }
}
