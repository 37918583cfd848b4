package io.creditflow.api;

import io.creditflow.alert.AlertRules;
import io.creditflow.api.configuration.ClientProperties;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.EffectivePrice;
import io.creditflow.api.configuration.Setting;
import io.creditflow.api.configuration.Settings;
import io.creditflow.engine.EngineConfig;
import io.creditflow.event.EventValidator;
import io.creditflow.streams.PipelineSettings;
import io.creditflow.usage.Activity;
import io.creditflow.usage.PriceList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Builds the pipeline's settings from the instance's configuration. */
final class PipelineSettingsFactory {
  private static final Duration REVERSAL_WAIT = Duration.ofDays(35); // contract section 3, rule 8

  static PipelineSettings settings(
      Configuration configuration, String instanceId, String advertised, int partitions) {
    return new PipelineSettings(
        configuration.get(Settings.APPLICATION_ID),
        instanceId,
        ClientProperties.bootstrapServers(configuration),
        Path.of(configuration.get(Settings.STATE_DIRECTORY)),
        advertised,
        partitions,
        configuration.get(Settings.REPLICATION_FACTOR),
        configuration.get(Settings.THREADS),
        configuration.get(Settings.STANDBYS),
        configuration.get(Settings.COMMIT_INTERVAL),
        configuration.get(Settings.ROCKSDB_MEMORY),
        configuration.get(Settings.FLUSH_POSTINGS),
        configuration.get(Settings.STALENESS_BOUND),
        rules(configuration),
        new HashMap<>(configuration.kafka()));
  }

  private static EngineConfig rules(Configuration configuration) {
    boolean isBackfill = configuration.get(Settings.BACKFILL);
    return new EngineConfig(
        new EventValidator.Limits(
            isBackfill ? null : configuration.get(Settings.ACCEPTED_AGE),
            configuration.get(Settings.ACCEPTED_FUTURE),
            REVERSAL_WAIT,
            configuration.get(Settings.RECORD_BYTES)),
        prices(configuration),
        alerts(configuration),
        EngineConfig.STANDARD.recountRowsPerStep(),
        EngineConfig.STANDARD.recentQuartersMax());
  }

  private static AlertRules alerts(Configuration configuration) {
    return new AlertRules(
        configuration.get(Settings.ALERT_RAISE),
        configuration.get(Settings.ALERT_QUOTA),
        configuration.get(Settings.ALERT_LOW_BALANCE),
        configuration.get(Settings.ALERT_EXPIRY_DAYS));
  }

  private static PriceList prices(Configuration configuration) {
    List<PriceList.Price> prices = new ArrayList<>();
    add(prices, Activity.LEAD_SOURCED, configuration, Settings.PRICE_LEAD);
    add(prices, Activity.PHONE_REVEALED, configuration, Settings.PRICE_PHONE);
    return new PriceList(prices);
  }

  private static void add(
      List<PriceList.Price> prices,
      Activity activity,
      Configuration configuration,
      Setting<List<EffectivePrice>> setting) {
    for (EffectivePrice price : configuration.get(setting)) {
      prices.add(new PriceList.Price(activity, price.from().toEpochMilli(), price.credits()));
    }
  }

  private PipelineSettingsFactory() {}
}
