using System.Collections.Generic;
using Testbed.Log;

namespace Testbed.Node.Requests.Admin;

/// <summary>Has the metadata follow when log directories fail.</summary>
internal sealed class DirectoryFailures : ILogDirectoryListener
{
    private readonly AdminContext _admin;
    private readonly IReadOnlyList<LogDirectory> _directories;

    public DirectoryFailures(AdminContext admin, IReadOnlyList<LogDirectory> directories)
    {
        _admin = admin;
        _directories = directories;
        foreach (var directory in directories)
        {
            directory.Listen(this);
            if (directory.IsOffline)
            {
                OnFailed(directory);
            }
        }
    }

    public void OnFailed(LogDirectory directory) =>
        _admin.Queue.Add(new DirectoryFailureStep(_admin, _directories));
}
