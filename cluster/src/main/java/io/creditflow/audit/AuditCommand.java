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

/** The command {@code bin/audit}. */
@Command(
    name = "audit",
    exitCodeOnInvalidInput = AuditCommand.EXIT_CANNOT,
    exitCodeOnExecutionException = AuditCommand.EXIT_CANNOT,
    description = {
      "Recounts a running system from its input topics and rejected-events alone, and compares the"
          + " result with its API's responses, workspace by workspace. Each rejection on"
          + " rejected-events is checked. The last line is drift=N, the number of differences; exit"
          + " code 1 unless N is 0.",
      ""
    },
    footer = {
      "",
      "CREDITFLOW_ variables are read as an instance reads them. For instances with another"
          + " application id, set CREDITFLOW_APPLICATION_ID.",
      "",
      "With --last, the audit reads the topics only from that time on. It finds records of that"
          + " time that are neither counted nor rejected, are counted twice or have a wrong price,"
          + " history rows without a record, rows whose balances do not connect, hours whose trends"
          + " differ from the sum of their rows, and grants that are missing or differ. It does not"
          + " check anything that depends on older records: the balance at the start, rejections as"
          + " CONFLICT or UNMATCHED because of an older record, reversals of older usage, and"
          + " campaign totals."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final int EXIT_DRIFT = 1;
  static final int EXIT_CANNOT = 2;

  /** More than the accepted future of events (5 minutes by default). */
  private static final Duration LAST_MIN = Duration.ofMinutes(10);

  /** Spans at most 14 days, the maximum for hourly trends. */
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
      description = "a token with credits:read on every workspace")
  private String token;

  @Mixin private RunningQuickstart quickstart;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "an instance's properties file, for accepted age, prices and security settings")
  private Path file;

  @Option(
      names = "--last",
      paramLabel = "DURATION",
      description = "checks only records of the last 6h, 90m or similar (10m to 312h): see below")
  private String last;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "selects the instants and campaigns to check")
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
      throw new CommandException("the audit could not be completed: " + e.getMessage());
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
      Audit.AuditReport report = audit.run(System.out::println);
      long again = report.count(Finding.Kind.REJECTED_AGAIN);
      if (again > 0) {
        System.out.printf(
            "%,d records were rejected again: their partition was processed again from an"
                + " earlier state or from its beginning%n",
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
      // reported below, as for a duration out of range
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
