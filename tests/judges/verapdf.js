/* Files to veraPDF's verdicts: lines of `FLAVOUR FILE` in, one line of JSON for each out, at once.

   Runs in the Rhino shell that veraPDF brings along: a Java runtime is enough, without a compiler.
   It knows JavaScript of 2009.

   Why the profiles are read here: veraPDF itself reads them with JAXB, which Java no longer has and
   the jar holds only half of. They go in whole, rule for rule. */

importClass(java.io.File);
importPackage(org.verapdf.pdfa);
importPackage(org.verapdf.pdfa.flavours);
importPackage(org.verapdf.pdfa.validation.profiles);

var SPECIFICATIONS = java.lang.Class.forName("org.verapdf.pdfa.flavours.PDFAFlavour$Specification");

function children(element, name) {
  var found = [];
  for (var node = element.getFirstChild(); node; node = node.getNextSibling()) {
    if (node.getNodeName() == name) found.push(node);
  }
  return found;
}

function child(element, name) {
  return children(element, name)[0];
}

function text(element, name) {
  return child(element, name).getTextContent();
}

function attribute(element, name) {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

function asJava(set, items) {
  items.forEach(function (item) { set.add(item); });
  return set;
}

function ruleOf(element) {
  var id = child(element, "id"), error = child(element, "error");
  var deferred = attribute(element, "deferred");
  var specification = java.lang.Enum.valueOf(SPECIFICATIONS, id.getAttribute("specification"));
  var test = java.lang.Integer.parseInt(id.getAttribute("testNumber"));
  var args = children(child(error, "arguments"), "argument").map(function (argument) {
    var name = attribute(argument, "name");
    return ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null);
  });
  var references = children(child(element, "references"), "reference").map(function (reference) {
    return Profiles.referenceFromValues(
      reference.getAttribute("specification"), reference.getAttribute("clause"));
  });
  return Profiles.ruleFromValues(
    Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), test),
    attribute(element, "object"),
    deferred === null ? null : java.lang.Boolean.valueOf(deferred),
    attribute(element, "tags"),
    text(element, "description"),
    text(element, "test"),
    Profiles.errorFromValues(text(error, "message"), asJava(new java.util.ArrayList(), args)),
    asJava(new java.util.ArrayList(), references));
}

function variableOf(element) {
  return Profiles.variableFromValues(
    element.getAttribute("name"), element.getAttribute("object"),
    text(element, "defaultValue"), text(element, "value"));
}

function profileOf(flavour) {
  // PDFA_2_B is in PDFA-2B.xml, PDFUA_1 in PDFUA-1.xml.
  var file = String(flavour.name()).replace("_", "-").replace("_", "") + ".xml";
  var stream = SPECIFICATIONS.getResourceAsStream("/org/verapdf/pdfa/validation/" + file);
  var root = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
    .parse(stream).getDocumentElement();
  var details = Profiles.profileDetailsFromValues(
    text(child(root, "details"), "name"), text(child(root, "details"), "description"),
    child(root, "details").getAttribute("creator"), new java.util.Date(0));
  var rules = children(child(root, "rules"), "rule").map(ruleOf);
  var variables = children(child(root, "variables"), "variable").map(variableOf);
  return Profiles.profileFromValues(
    flavour, details, "",
    asJava(new java.util.HashSet(), rules), asJava(new java.util.HashSet(), variables));
}

function failuresOf(result) {
  var failures = {};
  var counts = result.getFailedChecks();
  result.getTestAssertions().forEach(function (assertion) {
    var id = assertion.getRuleId(), key = id.getClause() + "-" + id.getTestNumber();
    if (assertion.getStatus() != "failed" || failures[key]) return;
    failures[key] = {
      clause: String(id.getClause()),
      test: Number(id.getTestNumber()),
      message: String(assertion.getErrorMessage() || assertion.getMessage()),
      times: Number(counts.get(id)),
      place: String(assertion.getLocation().getContext())
    };
  });
  return Object.keys(failures).sort().map(function (key) { return failures[key]; });
}

function judge(profile, flavour, file) {
  var parser = null;
  try {
    parser = Foundries.defaultInstance().createParser(new File(file), flavour);
    var result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
    return { is_compliant: result.isCompliant() == true, failures: failuresOf(result) };
  } catch (error) {
    var words = String(error.javaException || error);
    var failure = { clause: "unreadable", test: 0, message: words, times: 1, place: "" };
    return { is_compliant: false, failures: [failure] };
  } finally {
    if (parser) parser.close();
  }
}

// What can't be written as ASCII is escaped: the JVM's own encoding does not matter.
function ascii(words) {
  return words.replace(/[\u007f-\uffff]/g, function (letter) {
    return "\\u" + ("000" + letter.charCodeAt(0).toString(16)).slice(-4);
  });
}

java.util.logging.LogManager.getLogManager().reset();
org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var profiles = {}, asked;
var lines = new java.io.BufferedReader(new java.io.InputStreamReader(java.lang.System["in"], "UTF-8"));
while ((asked = lines.readLine()) !== null) {
  var name = String(asked).split(" ", 1)[0];
  var flavour = PDFAFlavour.byFlavourId(name);
  var profile = profiles[name] = profiles[name] || profileOf(flavour);
  var verdict = judge(profile, flavour, String(asked).slice(name.length + 1));
  verdict.rules = Number(profile.getRules().size());
  print(ascii(JSON.stringify(verdict)));
  java.lang.System.out.flush();
}
