using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Requests.Admin;

/// <summary>
/// Topics that are to be made because clients have asked for their metadata (auto.create.topics.enable): each
/// name once, and a bounded number. Clients ask again until the topic is there.
/// </summary>
public sealed class AutoCreation(AdminContext admin)
{
    private readonly SortedSet<string> _waiting = new(StringComparer.Ordinal);

    public void Ask(string name)
    {
        if (_waiting.Count < Limits.AutoCreationsWaiting && _waiting.Add(name))
        {
            admin.Queue.Add(new AutoCreateStep(admin, name));
        }
    }

    internal void OnDone(string name) => _waiting.Remove(name);
}
