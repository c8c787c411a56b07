-- Word: numbers of figures and tables are fields that count, references fields that repeat them, and the
-- contents a field that can be brought up to date.

local LEVELS = 2 -- of headings, in the contents; pandoc raises each by one later
local bookmarks = 10000 -- and on: beyond pandoc's own

local function openxml(text) return pandoc.RawInline('openxml', text) end

local function field(instruction, text, properties)
  return ([[<w:fldSimple w:instr=" %s "><w:r><w:rPr>%s</w:rPr>]]
    .. [[<w:t xml:space="preserve">%s</w:t></w:r></w:fldSimple>]]):format(instruction, properties, text)
end

-- A field takes no name with a hyphen.
local function bookmark(anchor) return 'ref_' .. anchor:gsub('%-', '_') end

-- «Figura 3.», all before the full stop what references repeat.
local function count(block)
  local inlines = block.caption.long[1].content
  local kind, number = pandoc.utils.stringify(inlines[1]):match('^(%a+)\u{a0}(%d+)%.$')
  bookmarks = bookmarks + 1
  inlines[1] = openxml(([[<w:bookmarkStart w:id="%d" w:name="%s"/><w:r><w:rPr><w:b/></w:rPr>]]
    .. [[<w:t xml:space="preserve">%s&#160;</w:t></w:r>%s<w:bookmarkEnd w:id="%d"/>]]
    .. [[<w:r><w:rPr><w:b/></w:rPr><w:t>.</w:t></w:r>]]):format(
    bookmarks, bookmark(block.identifier), kind, field('SEQ ' .. kind .. [[ \* ARABIC]], number, '<w:b/>'), bookmarks
  ))
end

local function reference(link)
  local anchor = link.target:match('^#(%a+%-.+)$')
  if anchor and (anchor:match('^fig') or anchor:match('^tab')) then
    local instruction = 'REF ' .. bookmark(anchor) .. [[ \h \* MERGEFORMAT]]
    return openxml(field(instruction, pandoc.utils.stringify(link), '<w:rStyle w:val="Hyperlink"/>'))
  end
end

local function styled(style, inlines)
  return pandoc.Div(pandoc.Para(inlines), { ['custom-style'] = style })
end

-- Cells in the size that the table has; all rows but the last stay with the next, unless it is long.
local function set_cells(table_)
  local size = table_.classes:includes('small') and ' Small' or ''
  local rows = pandoc.List()
  rows:extend(table_.head.rows)
  for _, body in ipairs(table_.bodies) do rows:extend(body.body) end
  for index, row in ipairs(rows) do
    local kept = index < #rows and not table_.classes:includes('long')
    for _, cell in ipairs(row.cells) do
      local inlines = cell.contents[1] and cell.contents[1].content or {}
      cell.contents = { styled((kept and 'Kept Table Text' or 'Table Text') .. size, inlines) }
    end
  end
end

local elements = {
  Header = function(header)
    header.attributes = {}
    return header
  end,
  Div = function(div) if not div.attributes['custom-style'] then return div.content end end,
  Span = function(span)
    if span.classes:includes('label') then
      local text = pandoc.utils.stringify(span)
      local stop = text:match('%a%a') and '.' or '' -- «Parte A.», but «A.1»
      return pandoc.Span(text .. stop, { ['custom-style'] = 'Section Number' })
    end
    if not span.attributes.lang then return span.content end
  end,
  Link = reference,
  Figure = function(figure)
    count(figure)
    return figure
  end,
  Table = function(table_)
    count(table_)
    set_cells(table_)
    return table_
  end,
}

-- What Word would find, but for the pages, which nobody knows yet.
local function contents(blocks, title)
  local entries = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t == 'Header' and block.level - 1 <= LEVELS then
      local link = pandoc.Link(pandoc.utils.stringify(block.content), '#' .. block.identifier)
      entries:insert(styled('toc ' .. block.level - 1, { link }))
    end
  end
  local instruction = ([[ TOC \o "1-%d" \h \z \u ]]):format(LEVELS)
  entries[1].content[1].content:insert(1, openxml(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">' .. instruction
      .. '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'))
  entries[#entries].content[1].content:insert(openxml('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
  entries:insert(1, styled('TOC Heading', pandoc.Inlines(title)))
  return entries
end

-- They follow the first section; a paragraph after a table keeps away from it.
local function arranged(document)
  local blocks, sections = pandoc.List(), 0
  for index, block in ipairs(document.blocks) do
    if block.t == 'Header' and block.level == 2 then -- pandoc raises them later
      sections = sections + 1
      if sections == 2 then
        local rest = table.move(document.blocks, index, #document.blocks, 1, {})
        blocks:extend(contents(rest, document.meta['toc-title']))
      end
    end
    local after_table = index > 1 and document.blocks[index - 1].t == 'Table'
    blocks:insert(after_table and block.t == 'Para' and styled('Text After Table', block.content) or block)
  end
  document.blocks = blocks
  return document
end

return { elements, { Pandoc = arranged } }
