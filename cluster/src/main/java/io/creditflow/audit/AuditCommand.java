package io.creditflow.audit;

import io.creditflow.api.ProductVersion;
import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.ConfigurationException;
import io.creditflow.api.configuration.ConfigurationReader;
import io.creditflow.api.configuration.EffectivePrice;
import io.creditflow.api.configuration.Setting;
import io.creditflow.api.configuration.Settings;
import io.creditflow.quickstart.Addresses;
import io.creditflow.quickstart.command.Arguments;
import io.creditflow.quickstart.command.CommandException;
import io.creditflow.quickstart.command.RunningQuickstart;
import io.creditflow.reference.ReferenceRules;
import io.creditflow.schemas.HttpSchemaRegistry;
import io.creditflow.schemas.RegistryConfig;
import io.creditflow.testkit.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What {@code bin/audit} runs. */
public final class AuditCommand {
  private static final int EXIT_DRIFT = 1;
  private static final int EXIT_CANNOT = 2;

  /** Longer than events may be dated ahead. */
  private static final Duration LAST_MIN = Duration.ofMinutes(10);

  /** Touches 14 days, for which trends are served by the hour. */
  private static final Duration LAST_MAX = Duration.ofDays(13);

  private static final String HELP =
      """
      Usage: bin/audit [OPTION]...

      Recounts a running system from its input topics and rejected-events alone, and compares what
      comes out with what its API answers, workspace by workspace. Each reason on rejected-events
      is checked. Ends with drift=N, the number of differences; exit code 1 unless it is 0.

        --bootstrap-servers HOST:PORT,...   the brokers
        --registry URL                      the schema registry
        --api URL                           any instance's public address
        --token TOKEN                       with credits:read on every workspace
        --data-dir DIR                      the quickstart that the four above are taken from
                                            where they are not given (.quickstart in the project)
        --config FILE                       the system's own properties file: its accepted age,
                                            its prices, its security settings
        --last DURATION                     checks only what arrived in so long (6h, 90m; 10m to 312h):
                                            see below
        --seed N                            which instants and campaigns are looked at out of many

      CREDITFLOW_ variables are read as the system itself reads them. Instances with an application
      id of their own are audited with CREDITFLOW_APPLICATION_ID set to it.

      With --last the topics are read from that time on. It finds records of that time that neither
      count nor are rejected, that count twice or at a wrong price, rows dated in it that have no
      record, balances that do not follow from one row to the next, hours whose sum is not that of
      their rows, grants that lack or differ. It takes on trust what arrived before: the balance at
      the start, whether a CONFLICT or an UNMATCHED is just whose other record is older, reversals
      of older usage, and campaigns' totals.\
      """;

  private final Arguments arguments;
  private final Configuration configuration;

  private AuditCommand(Arguments arguments) {
    this.arguments = arguments;
    Map<String, String> environment = new HashMap<>(System.getenv());
    given(environment, Settings.KAFKA_BOOTSTRAP_SERVERS, "--bootstrap-servers");
    given(environment, Settings.REGISTRY_URL, "--registry");
    if (arguments.option("--config").isEmpty()) {
      environment.computeIfAbsent(
          Settings.KAFKA_BOOTSTRAP_SERVERS.variable(), name -> quickstart().bootstrapServers());
      environment.computeIfAbsent(
          Settings.REGISTRY_URL.variable(), name -> quickstart().schemaRegistryUrl());
    }
    environment.putIfAbsent(Settings.AUTH_JWKS.variable(), "unused");
    configuration =
        ConfigurationReader.read(
            arguments.option("--config").map(Path::of).orElse(null), environment);
  }

  public static void main(String[] given) {
    if (ProductVersion.isAskedFor(given)) {
      System.out.println(ProductVersion.current());
      return;
    }
    try {
      Arguments arguments =
          new Arguments(
                  Arrays.asList(given),
                  Set.of(
                      "--bootstrap-servers",
                      "--registry",
                      "--api",
                      "--token",
                      "--config",
                      "--last",
                      "--seed",
                      RunningQuickstart.OPTION))
              .withoutWords();
      if (arguments.help()) {
        System.out.println(HELP);
        return;
      }
      System.exit(new AuditCommand(arguments).run());
    } catch (CommandException | ConfigurationException e) {
      System.err.println("audit: " + e.getMessage());
      System.exit(EXIT_CANNOT);
    } catch (RuntimeException e) {
      System.err.println("audit: could not look at everything: " + e.getMessage());
      System.exit(EXIT_CANNOT);
    }
  }

  private int run() {
    ApiClient api =
        new ApiClient(
            option("--api", () -> quickstart().apiUrl()),
            option("--token", () -> quickstart().token()));
    long seed = arguments.option("--seed").map(Long::valueOf).orElseGet(System::nanoTime);
    try (Audit audit =
        new Audit(
            ClientProperties.consumer(configuration, "creditflow-audit"),
            configuration.get(Settings.APPLICATION_ID),
            new HttpSchemaRegistry(RegistryConfig.from(ClientProperties.registry(configuration))),
            api,
            rules(),
            configuration.get(Settings.RECORD_BYTES),
            arguments.option("--last").map(AuditCommand::last),
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

  private ReferenceRules rules() {
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

  private void given(Map<String, String> environment, Setting<?> setting, String option) {
    arguments.option(option).ifPresent(value -> environment.put(setting.variable(), value));
  }

  private String option(String name, Supplier<String> otherwise) {
    Optional<String> value = arguments.option(name);
    return value.orElseGet(otherwise);
  }

  private Addresses quickstart() {
    return RunningQuickstart.addresses(arguments);
  }
}
