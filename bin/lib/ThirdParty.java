import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * {@code java ThirdParty.java SBOM.XML LIB}: prints what a release carries that others made, and
 * under which licence. Ends with status 1 if a component has no licence, or if the jars in LIB are
 * not those that the bill of materials lists.
 */
final class ThirdParty {
  /** Part of the dashboard's jar, with their licences in its META-INF/licenses. */
  private static final Set<String> UNPACKED = Set.of("lit-html", "lit__reactive-element");

  public static void main(String[] arguments) throws Exception {
    TreeMap<String, String> lines = new TreeMap<>();
    Set<String> listed = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    Element bom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of(arguments[0]).toFile())
            .getDocumentElement();
    for (Element component : children(child(bom, "components"), "component")) {
      String group = text(component, "group");
      String name = text(component, "name");
      String version = text(component, "version");
      if (!UNPACKED.contains(name) && !name.equals("query-api")) {
        listed.add(name + "-" + version + ".jar");
      }
      if (group.equals("io.creditflow")) {
        continue;
      }
      String licences = licences(component);
      if (licences.isEmpty()) {
        wrong.add("no licence is known of " + group + ":" + name);
      }
      String where = address(component);
      lines.put(
          group + ":" + name,
          "%s:%s %s%n    %s%s"
              .formatted(group, name, version, licences, where.isEmpty() ? "" : "; " + where));
    }
    Set<String> packed = new TreeSet<>();
    try (Stream<Path> jars = Files.list(Path.of(arguments[1]))) {
      jars.forEach(jar -> packed.add(jar.getFileName().toString()));
    }
    listed.stream().filter(jar -> !packed.contains(jar)).forEach(jar -> wrong.add("not packed: " + jar));
    packed.stream().filter(jar -> !listed.contains(jar)).forEach(jar -> wrong.add("not listed: " + jar));
    wrong.forEach(line -> System.err.println("bin/release: the bill of materials: " + line));
    if (!wrong.isEmpty()) {
      System.exit(1);
    }
    System.out.println(
        """
        Third-party components of this release, unchanged, with their licences and where their sources
        are. Where several licences are named, any of them may be chosen. LICENSE has the text of
        Apache-2.0, https://spdx.org/licenses that of each other name. Jars in lib/ carry texts and
        notices in META-INF as their authors put them there; those of lit-html and reactive-element
        are in the dashboard's jar. sbom.json and sbom.xml list the same for programs.
        """);
    lines.values().forEach(System.out::println);
  }

  private static String licences(Element component) {
    Element licences = child(component, "licenses");
    if (licences == null) {
      return "";
    }
    List<String> found = new ArrayList<>();
    for (Element licence : children(licences, "license")) {
      found.add(text(licence, "id").isEmpty() ? text(licence, "name") : text(licence, "id"));
    }
    children(licences, "expression").forEach(expression -> found.add(expression.getTextContent()));
    return String.join(" or ", found);
  }

  /** Where its sources are, else its site. */
  private static String address(Element component) {
    Element references = child(component, "externalReferences");
    for (String type : List.of("vcs", "website")) {
      for (Element reference : references == null ? List.<Element>of() : children(references, "reference")) {
        if (reference.getAttribute("type").equals(type)) {
          return text(reference, "url");
        }
      }
    }
    return "";
  }

  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? null : found.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private ThirdParty() {}
}
