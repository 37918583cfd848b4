package io.creditflow.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.creditflow.api.configuration.Configuration;
import io.creditflow.api.configuration.LogFormat;
import io.creditflow.api.configuration.Settings;
import java.net.URL;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback's format and level from the configuration. Only the {@code main} method of the
 * process uses this class; an application that embeds an instance configures logging itself.
 */
final class LoggingSetup {
  private static final String TEXT = "/creditflow-log-text.xml";
  private static final String JSON = "/creditflow-log-json.xml";

  /**
   * Selects the plain-text format until {@link #configure} is called. Must be called before the
   * first logger is created. Has no effect if {@code logback.configurationFile} is set.
   */
  static void begin() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", TEXT.substring(1));
    }
  }

  /** Applies {@code creditflow.log.format} and {@code creditflow.log.level}. */
  static void configure(Configuration configuration) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    if (configuration.get(Settings.LOG_FORMAT) == LogFormat.JSON) {
      URL json = LoggingSetup.class.getResource(JSON);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      context.reset();
      try {
        configurator.doConfigure(json);
      } catch (JoranException e) {
        throw new IllegalStateException("The log configuration " + json + " is broken", e);
      }
    }
    context
        .getLogger("io.creditflow")
        .setLevel(Level.valueOf(configuration.get(Settings.LOG_LEVEL).name()));
  }

  private LoggingSetup() {}
}
