package io.creditflow.api.configuration;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings that are passed unchanged to the Kafka clients or to the registry client. An underscore
 * in a variable may stand for a dot, a hyphen or an underscore, so variables are matched against
 * the known names.
 *
 * @param prefix the key prefix before the client's own name
 * @param names the settings that the client has, without the owned ones
 * @param owned settings that Creditflow sets itself, which cannot be configured
 */
record PassThroughSettings(String prefix, Set<String> names, Set<String> owned) {
  private static final Set<String> OWNED =
      Set.of(
          "application.id",
          "application.server",
          "auto.offset.reset",
          "bootstrap.servers",
          "commit.interval.ms",
          "enable.auto.commit",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.block.ms",
          "num.standby.replicas",
          "num.stream.threads",
          "partitioner.class",
          "processing.guarantee",
          "replication.factor",
          "state.dir",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  static PassThroughSettings kafka() {
    Set<String> plain = new HashSet<>(AdminClientConfig.configNames());
    plain.addAll(ConsumerConfig.configNames());
    plain.addAll(ProducerConfig.configNames());
    plain.addAll(StreamsConfig.configDef().names());
    plain.removeAll(OWNED);
    Set<String> names = new TreeSet<>(plain);
    for (String client :
        Set.of("main.consumer.", "restore.consumer.", "consumer.", "producer.", "admin.")) {
      plain.forEach(name -> names.add(client + name));
    }
    return new PassThroughSettings(Settings.KAFKA_PREFIX, names, OWNED);
  }

  static PassThroughSettings registry() {
    Set<String> names =
        new TreeSet<>(
            Set.of(
                "basic.auth.credentials.source",
                "basic.auth.user.info",
                "bearer.auth.credentials.source",
                "bearer.auth.token",
                "call.timeout.ms",
                "http.connect.timeout.ms",
                "http.read.timeout.ms",
                "max.retries",
                "max.schemas.per.subject",
                "missing.cache.size",
                "missing.id.cache.ttl.sec",
                "retries.max.wait.ms",
                "retries.wait.ms"));
    names.addAll(new ConfigDef().withClientSslSupport().names());
    return new PassThroughSettings(Settings.REGISTRY_PREFIX, names, Set.of("url"));
  }

  /** The client's own name for a key or variable; empty if the client has no such setting. */
  Optional<String> nameOf(String given) {
    if (given.startsWith(prefix)) {
      return Optional.of(given.substring(prefix.length())).filter(names::contains);
    }
    return names.stream().filter(name -> Setting.variableOf(prefix + name).equals(given)).findAny();
  }

  /** The owned setting that a key or variable names; empty if it names none. */
  Optional<String> ownedNameOf(String given) {
    return owned.stream()
        .filter(name -> given.equals(prefix + name) || given.equals(variable(name)))
        .findAny();
  }

  private String variable(String name) {
    return Setting.variableOf(prefix + name);
  }

  /** Whether a key or variable has this prefix. */
  boolean covers(String given) {
    return given.startsWith(prefix)
        || given.startsWith(Setting.variableOf(prefix).toUpperCase(Locale.ROOT));
  }
}
