-- LaTeX numbers headings, figures and tables by itself: their labels go, and references ask for them.

local AROUND = 8 -- lines: the caption of a table and the space about it

local function latex(text) return pandoc.RawInline('latex', text) end
local function latex_block(text) return pandoc.RawBlock('latex', text) end

-- A link such as «Figura 3», «apéndice 2» or «A.4» to an anchor of the numbering.
local function reference(link)
  local anchor = link.target:match('^#(%a+%-.+)$')
  local words = pandoc.utils.stringify(link):match('^(.-)%u?%.?%d+$')
  if anchor and words and pandoc.List({ 'fig', 'tab', 'sec', 'ap' }):includes(anchor:match('^%a+')) then
    return latex(('\\hyperref[%s]{%s\\ref*{%s}}'):format(anchor, words:gsub('\u{a0}', '~'), anchor))
  end
end

-- Without «Figura 3. », the first two elements of a caption.
local function uncounted(block)
  local inlines = block.caption.long[1].content
  inlines:remove(1)
  inlines:remove(1)
end

-- First of all, while it is known what a span is.
local spans = {
  Header = function(header)
    local label = header.content[1]
    if label.classes and label.classes:includes('label') then
      header.content = header.content[3].content -- after a space, the name
    else
      header.classes = { 'unnumbered' }
    end
    header.attributes = {}
    return header
  end,
  Code = function(code)
    -- Signs that TeX reads as its own are left to pandoc, which escapes them.
    if code.classes:includes('long') and not code.text:find('[%%#{}\\^~&$]') then return latex('\\nolinkurl{' .. code.text .. '}') end
  end,
}

local flat = {
  Div = function(div) return div.content end,
  Span = function(span) if not span.attributes.lang then return span.content end end,
  Link = reference,
  Figure = function(figure)
    uncounted(figure)
    return figure
  end,
  Table = function(table_)
    uncounted(table_)
    local before = '\\begingroup' .. (table_.classes:includes('small') and '\\scriptsize' or '\\footnotesize')
    if not table_.classes:includes('long') then
      before = ('\\needspace{%d\\baselineskip}'):format(table_.attributes.lines + AROUND) .. before
    end
    return { latex_block(before), table_, latex_block('\\endgroup') }
  end,
}

-- The contents follow the first section.
local function with_contents(document)
  local blocks, sections, in_appendices = pandoc.List(), 0, false
  for _, block in ipairs(document.blocks) do
    if block.t == 'Header' and block.level == 2 then -- pandoc raises them later
      sections = sections + 1
      if sections == 2 then blocks:insert(latex_block('\\tableofcontents')) end
      if not in_appendices and block.identifier:match('^ap%-') then
        in_appendices = true
        blocks:insert(latex_block('\\appendix'))
      end
    end
    blocks:insert(block)
  end
  document.blocks = blocks
  return document
end

return { spans, flat, { Pandoc = with_contents } }
