/** Search, filter and sort of the endpoints. Without it all of them are there, in the order of their verdicts. */
export const script = `(function () {
  var list = document.getElementById('list');
  if (!list) return;
  var rows = Array.prototype.slice.call(list.children);
  var order = rows.slice();
  var get = function (id) { return document.getElementById(id); };
  var find = get('find'), q = get('q'), v = get('v'), f = get('f'), s = get('s'), c = get('c');
  var texts = null;
  function textOf(index) {
    if (texts === null) texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    return texts[index];
  }
  function filter() {
    var words = q.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, index) {
      var fits = (v.value === '' || row.className === v.value) && (f.value === '' || row.dataset.f === f.value) &&
        words.every(function (word) { return textOf(index).indexOf(word) >= 0; });
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) shown += 1;
    });
    c.textContent = shown + '/' + rows.length;
  }
  function hostOf(row) { return row.querySelector('code').textContent; }
  function sort() {
    var sorted = order.slice();
    if (s.value === 'd') sorted.sort(function (a, b) { return Number(b.dataset.d) - Number(a.dataset.d); });
    if (s.value === 'h') {
      var names = new Map(order.map(function (row) { return [row, hostOf(row)]; }));
      sorted.sort(function (a, b) { return names.get(a) < names.get(b) ? -1 : 1; });
    }
    var all = document.createDocumentFragment();
    sorted.forEach(function (row) { all.appendChild(row); });
    list.appendChild(all);
  }
  var waiting = 0;
  q.addEventListener('input', function () { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  v.addEventListener('change', filter);
  f.addEventListener('change', filter);
  s.addEventListener('change', sort);
  find.hidden = false;
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (part) { part.open = true; });
  });
})();`;
