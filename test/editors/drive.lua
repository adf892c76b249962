-- Does in Neovim what a person does, waits for what should come of it, and writes what did to the file named in OUT.
local out = {}
local function wait(what, condition)
  if not vim.wait(60000, condition, 20) then error('waited in vain for ' .. what) end
end
local function client()
  return vim.lsp.get_active_clients()[1]
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.error then error(method .. ': ' .. answer.error.message) end
    return answer.result
  end
end
local function lines(path)
  local buffer = vim.fn.bufnr(path)
  return buffer > 0 and vim.api.nvim_buf_get_lines(buffer, 0, -1, false) or vim.fn.readfile(path)
end

local function drive()
  vim.cmd('edit server.js')
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  out.root = client().config.root_dir
  out.codes = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(out.codes, each.user_data and each.user_data.lsp.code or each.code)
  end

  local row = vim.fn.search('3000') - 1
  vim.api.nvim_win_set_cursor(0, { row + 1, vim.fn.match(vim.fn.getline(row + 1), '3000') })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {} }
  for _, action in ipairs(ask('textDocument/codeAction', params)) do
    if action.title:find('^Read the port') then
      local edit = action.edit or ask('codeAction/resolve', action).edit
      vim.lsp.util.apply_workspace_edit(edit, client().offset_encoding)
      out.title = action.title
      break
    end
  end
  out.code = lines('server.js')
  out.example = lines('.env.example')

  wait('the port to be gone', function()
    for _, each in ipairs(vim.diagnostic.get(0)) do
      if each.message:find('3000') then return false end
    end
    return true
  end)

  local at = vim.fn.search('process.env.REDIS_URL')
  vim.api.nvim_win_set_cursor(0, { at, vim.fn.match(vim.fn.getline(at), 'REDIS_URL') })
  out.hover = ask('textDocument/hover', vim.lsp.util.make_position_params()).contents.value
  local found = ask('textDocument/completion', vim.lsp.util.make_position_params())
  out.completion = {}
  for _, item in ipairs(found.items or found) do table.insert(out.completion, item.label) end

  vim.cmd('edit Dockerfile')
  wait('the Dockerfile', function() return #vim.diagnostic.get(0) > 0 end)
  out.clients = #vim.lsp.get_active_clients()

  local server = client()
  server.stop()
  wait('the end', server.is_stopped)
  out.stopped = true
end

local ok, problem = pcall(drive)
if not ok then out.problem = problem end
vim.fn.writefile({ vim.fn.json_encode(out) }, vim.env.OUT)
vim.cmd('qall!')
