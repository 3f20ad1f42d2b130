# frozen_string_literal: true

# What Redmine is set up with for tests: a project, and people with keys. Run by ./tracker each time it starts from new.

Setting.rest_api_enabled = 1

def person(login, key, admin: false)
  user = User.find_by_login(login) || User.new(login: login, firstname: login.capitalize, lastname: 'Example', mail: "#{login}@example.test")
  user.attributes = { admin: admin, status: User::STATUS_ACTIVE, must_change_passwd: false, language: 'en' }
  user.password = user.password_confirmation = 'secret secret'
  user.save!
  Token.where(user_id: user.id, action: 'api').delete_all
  Token.create!(user: user, action: 'api').update_column(:value, key) # it makes one of its own first
  user
end

project = Project.create!(name: 'Shop', identifier: 'shop', is_public: false, enabled_module_names: %w[issue_tracking])
Version.create!(project: project, name: '2.1')
reporter = Role.find_by_name('Reporter')
reporter.add_permission!(:edit_own_issue_notes, :edit_own_issues)
Tracker.all.each do |kind|
  WorkflowTransition.create!(role: reporter, tracker: kind, old_status: IssueStatus.find_by_name('New'), new_status: IssueStatus.find_by_name('Closed'))
end
closer = Role.find_by_name('Developer')

# Liaison's own login, an engineer, and somebody who belongs to nothing
Member.create!(project: project, principal: person('liaison', '1' * 40), roles: [reporter])
Member.create!(project: project, principal: person('engineer', '2' * 40), roles: [closer, Role.find_by_name('Manager')])
person('stranger', '3' * 40)
