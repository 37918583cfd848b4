package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.quickstart.broker.EmbeddedBroker;
import io.creditflow.quickstart.broker.NodeConfig;
import io.creditflow.testkit.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that lets in who has a password over TLS or a certificate of its own, and lets a user do
 * what the table of docs/security.md grants and no more. The listener without authentication is the
 * test's.
 */
final class SecuredBroker implements AutoCloseable {
  private static final Path GRANTS = Path.of("../docs/security.md");
  private static final Pattern GRANT =
      Pattern.compile(
          "\\| (topic|group|transactional id) \\| (names|prefix) \\| (.+?) \\| (.+?) \\|.*");

  /** How a row of that table begins. */
  private static final Pattern KIND = Pattern.compile("\\| (topic|group|transactional id) \\|");

  private final EmbeddedBroker broker;
  private final List<Integer> ports = FreePorts.take(4);

  SecuredBroker(Path directory, Certificates certificates) throws Exception {
    NodeConfig node =
        new NodeConfig(1, "creditflow-guarded-001", ports.get(0), List.of(ports.get(3)), List.of());
    broker = EmbeddedBroker.start(directory, node, settings(certificates));
  }

  private Map<String, String> settings(Certificates certificates) {
    String listeners =
        "OPEN://127.0.0.1:%d,PASSWORD://127.0.0.1:%d,CERTIFICATE://127.0.0.1:%d"
            .formatted(ports.get(0), ports.get(1), ports.get(2));
    Map<String, String> settings = new HashMap<>();
    settings.put("listeners", listeners + ",CONTROLLER://127.0.0.1:" + ports.get(3));
    settings.put("advertised.listeners", listeners);
    settings.put("inter.broker.listener.name", "OPEN");
    settings.put(
        "listener.security.protocol.map",
        "OPEN:PLAINTEXT,PASSWORD:SASL_SSL,CERTIFICATE:SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.keystore.location", certificates.key("broker").toString());
    settings.put("ssl.keystore.password", Certificates.PASSWORD);
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.truststore.location", certificates.trust().toString());
    settings.put("ssl.truststore.password", Certificates.PASSWORD);
    settings.put("ssl.truststore.type", "PKCS12");
    settings.put("listener.name.certificate.ssl.client.auth", "required");
    settings.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]*).*$/$1/");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.password.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("allow.everyone.if.no.acl.found", "false");
    return settings;
  }

  /** The test's own way in, as a super user. */
  String open() {
    return "127.0.0.1:" + ports.get(0);
  }

  /** SASL_SSL with SCRAM-SHA-512. */
  String byPassword() {
    return "127.0.0.1:" + ports.get(1);
  }

  /** SSL with a certificate of the client's. */
  String byCertificate() {
    return "127.0.0.1:" + ports.get(2);
  }

  void admit(String user, String password) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", open()))) {
      ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, kind, password)))
          .all()
          .get();
      admin.createAcls(grants("User:" + user)).all().get();
    }
  }

  /** The rows of the document's table: {@code | topic | names | `a`, `b` | READ, WRITE | ...}. */
  private static List<AclBinding> grants(String principal) throws Exception {
    List<AclBinding> grants = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (String line : Files.readAllLines(GRANTS)) {
      Matcher row = GRANT.matcher(line);
      if (row.matches()) {
        ResourceType type =
            ResourceType.valueOf(row.group(1).toUpperCase(Locale.ROOT).replace(' ', '_'));
        PatternType pattern =
            row.group(2).equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
        for (String name : row.group(3).replace("`", "").split(", *", -1)) {
          for (String operation : row.group(4).split(", *", -1)) {
            grants.add(
                new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(
                        principal, "*", AclOperation.valueOf(operation), AclPermissionType.ALLOW)));
          }
        }
      } else if (KIND.matcher(line).lookingAt()) {
        unread.add(line);
      }
    }
    assertThat(unread).as("rows of " + GRANTS + " that cannot be read").isEmpty();
    return grants;
  }

  @Override
  public void close() {
    broker.close();
  }
}
