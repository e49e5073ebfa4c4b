using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>DeleteTopics, versions 0 to 6: by name, from version 6 on also by id.</summary>
public sealed class DeleteTopicsHandler(AdminContext admin) : RequestHandler<DeleteTopicsRequest>
{
    protected override void Handle(Exchange exchange, DeleteTopicsRequest request) =>
        admin.Queue.Add(new DeleteTopicsStep(admin, exchange, request));
}
