/* Finds agencies by a part of their name or their code. The list lies in script files, one a part, since a page that
   was opened from disk may load scripts and nothing else; they are loaded when somebody begins to search. */
(function () {
  "use strict";
  var place = document.getElementById("search");
  var told = JSON.parse(place.getAttribute("data-parts"));
  var most = 100;
  var known = {};
  var asked = {};

  function element(name, text) {
    var made = document.createElement(name);
    if (text) { made.textContent = text; }
    return made;
  }

  function labelled(text, control) {
    var label = element("label", text);
    label.appendChild(control);
    return label;
  }

  var words = element("input");
  words.type = "search";
  var superior = element("select");
  superior.appendChild(element("option", "全部"));
  told.superiors.forEach(function (one) { superior.appendChild(element("option", one.name)); });
  var count = element("p");
  count.className = "note";
  count.setAttribute("role", "status");
  var results = element("ol");
  place.appendChild(labelled("单位名称或编码", words));
  if (told.superiors.length > 1) { place.appendChild(labelled("上级单位", superior)); }
  place.appendChild(count);
  place.appendChild(results);
  place.hidden = false;

  function wanted() {
    var chosen = superior.selectedIndex;
    return chosen > 0 ? told.superiors[chosen - 1].parts : [].concat.apply([], told.superiors.map(function (one) {
      return one.parts;
    }));
  }

  function load(name) {
    if (asked[name]) { return; }
    asked[name] = true;
    var script = element("script");
    script.src = "lists/" + name + ".js";
    script.onerror = function () { asked[name] = false; };
    document.head.appendChild(script);
  }

  function add(agency) {
    var line = element("li");
    var link = element("a", agency.name);
    link.href = agency.page;
    line.appendChild(link);
    results.appendChild(line);
  }

  function show() {
    var text = plain(words.value);
    var found = 0;
    var waiting = false;
    results.textContent = "";
    count.textContent = "";
    if (!text && superior.selectedIndex < 1) { return; }
    wanted().forEach(function (part) {
      load(part);
      waiting = waiting || !known[part];
      (known[part] || []).forEach(function (agency) {
        if (text && agency.words.indexOf(text) < 0) { return; }
        found += 1;
        if (found <= most) { add(agency); }
      });
    });
    count.textContent = waiting ? "正在查找……" : "找到" + found + "个单位" +
      (found > most ? "，列出前" + most + "个，请再输入几个字" : "");
  }

  function plain(text) {
    return text.replace(/\s+/g, "").toLowerCase();
  }

  window.publishedReports = function (part, rows) {
    known[part] = rows.map(function (row) {
      return { name: row[1], page: row[2], words: [row[0], row[1], row[3]].map(plain).join("\n") };
    });
    show();
  };
  words.addEventListener("input", show);
  superior.addEventListener("change", show);
}());
